interface Properties<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  /** Value and words of each. */
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, chosen from a list; takes effect at once. */
export const Choice = <Value extends string>({ id, label, value, options, onChange }: Properties<Value>) => (
  <div class="field">
    <label class="field__label" for={id}>
      {label}
    </label>
    <select
      id={id}
      class="select"
      value={value}
      onChange={event => onChange(event.currentTarget.value as Value)}
    >
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  </div>
);
