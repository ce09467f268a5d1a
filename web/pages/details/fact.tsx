export const Fact = ({ name, value, lang }: { name: string; value: string; lang?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd lang={lang}>{value}</dd>
  </div>
);
