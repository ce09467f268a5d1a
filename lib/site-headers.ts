import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { contentSecurityPolicy } from './content-security-policy.ts';

const transport = {
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(730),
    includeSubdomains: true,
    override: true,
  },
  contentTypeOptions: { override: true },
};

const unusedFeatures = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/** Headers of the answers. What CloudFront says of a page, no page has to remember. */
export class SiteHeaders extends Construct {
  readonly pages: ResponseHeadersPolicy;
  /** The API's own answers say the rest: the front-channel sign-out page alone may be framed by the issuer. */
  readonly api: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { uploads }: { uploads: string }) {
    super(scope, id);
    this.pages = new ResponseHeadersPolicy(this, 'Pages', {
      securityHeadersBehavior: {
        ...transport,
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy({ uploads }), override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        // Not `no-referrer`: with it browsers would send `Origin: null` to our own API.
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries({
          'Permissions-Policy': unusedFeatures.map(feature => `${feature}=()`).join(', '),
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Resource-Policy': 'same-origin',
        }).map(([header, value]) => ({ header, value, override: true })),
      },
    });
    this.api = new ResponseHeadersPolicy(this, 'Api', { securityHeadersBehavior: transport });
  }
}
