/** The module CloudFront gives its functions (JavaScript runtime 2.0). */
declare module 'cloudfront' {
  const cloudfront: {
    /** The store the function is associated with; `get` rejects where there is no such key. */
    kvs(): { get(key: string): Promise<string> };
  };
  export default cloudfront;
}
