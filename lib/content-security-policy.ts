/** What a page may load and where it may send: everything of its own, nothing inline, nothing of others. */
export const contentSecurityPolicy = ({ uploads }: { uploads: string }): string =>
  Object.entries({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'manifest-src': "'self'",
    // Attachments go straight to their bucket.
    'connect-src': `'self' ${uploads}`,
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    // No text becomes markup or code by accident, and no script may allow itself an exception.
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
