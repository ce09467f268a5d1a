/** A style that travels inside the page is bundled as text. */
declare module '*.css' {
  const text: string;
  export default text;
}
