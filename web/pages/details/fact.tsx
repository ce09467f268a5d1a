interface Properties {
  readonly name: string;
  readonly value: string;
  readonly lang?: string;
  /** How it stands with the value. */
  readonly note?: string | undefined;
}

export const Fact = ({ name, value, lang, note }: Properties) => (
  <div>
    <dt>{name}</dt>
    <dd lang={lang}>
      {value}
      {note !== undefined && (
        <>
          <br />
          <span class="muted">{note}</span>
        </>
      )}
    </dd>
  </div>
);
