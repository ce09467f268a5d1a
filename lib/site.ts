import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  FunctionEventType,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { EdgeStack } from './edge-stack.ts';
import type { Ground } from './ground.ts';
import { SiteFunction } from './site-function.ts';
import { SiteHeaders } from './site-headers.ts';
import type { SitePointers } from './site-pointers.ts';

export interface SiteProps extends Ground {
  readonly pointers: SitePointers;
  /** Certificate and firewall; absent on this machine. */
  readonly edge: EdgeStack | undefined;
}

/**
 * CloudFront keeps every error ten seconds unless told not to, whatever the answer says of its keeping and whoever
 * asked: one person's 404 or 403 would be the next one's. No page is named, so each answer stays as it was given.
 */
const neverKept = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map(httpStatus => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

const https = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS };

/** The one address of the portal: pages and assets from S3, `/api/` and what systems ask for from the API. */
export class Site extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const { stage, buckets, edge, pointers } = props;
    const headers = new SiteHeaders(this, 'Headers', { uploads: buckets.uploadsOrigin });
    const viewerRequest = new SiteFunction(this, 'ViewerRequest', { pointers });
    const api = this.apiOrigin(props);
    // What S3 does not have, the API's $default answers with: a page that says so, in the reader's language.
    const files = new OriginGroup({
      primaryOrigin: S3BucketOrigin.withOriginAccessControl(buckets.site.bucket),
      fallbackOrigin: api,
      fallbackStatusCodes: [403, 404],
    });
    const asAnswered = { defaultTtl: Duration.seconds(0) };
    // A named version of a form stays for ever.
    const definitions = this.cachePolicy('Definitions', {
      ...asAnswered,
      queryStringBehavior: CacheQueryStringBehavior.allowList('version'),
    });
    const announcements = this.forEverybody(api, headers, this.cachePolicy('Announcements', asAnswered));
    // Cookies and tokens go along; nothing is kept.
    const forOne: BehaviorOptions = {
      ...https,
      origin: api,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: headers.api,
    };
    const cached = { ...https, responseHeadersPolicy: headers.pages, compress: true };

    this.distribution = new Distribution(this, 'Distribution', {
      comment: stage.city.name.en,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(edge && {
        certificate: edge.certificate,
        domainNames: [new URL(stage.portalUrl).hostname],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        webAclId: edge.firewallArn,
      }),
      errorResponses: neverKept,
      defaultBehavior: {
        ...cached,
        origin: files,
        cachePolicy: this.cachePolicy('Pages', { defaultTtl: Duration.minutes(1) }),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: viewerRequest.function },
        ],
      },
      additionalBehaviors: {
        'assets/*': { ...cached, origin: files, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
        'api/forms/*': this.forEverybody(api, headers, definitions),
        'api/bulletins': announcements,
        '.well-known/*': this.forEverybody(api, headers, definitions),
        'api/popular-services': announcements,
        'api/*': forOne,
        'gdpr-api/*': forOne,
      },
    });
    this.acknowledge(edge);
    this.nameIt(props);
  }

  /** What is the same for everybody: cached as its answer allows, and compressed. No cookie gets there. */
  private forEverybody(origin: IOrigin, headers: SiteHeaders, cachePolicy: CachePolicy): BehaviorOptions {
    return {
      ...https,
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      compress: true,
      cachePolicy,
      responseHeadersPolicy: headers.api,
    };
  }

  private cachePolicy(
    id: string,
    props: { defaultTtl: Duration; queryStringBehavior?: CacheQueryStringBehavior },
  ): CachePolicy {
    return new CachePolicy(this, id, {
      minTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      cookieBehavior: CacheCookieBehavior.none(),
      headerBehavior: CacheHeaderBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
      ...props,
    });
  }

  private apiOrigin({ api, secrets }: Ground): HttpOrigin {
    return new HttpOrigin(api.host, {
      customHeaders: { 'x-origin-secret': secrets.origin },
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    });
  }

  private nameIt({ stage }: SiteProps): void {
    if (!stage.domain) return;
    const { name, hostedZone } = stage.domain;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    const record = {
      zone,
      recordName: name,
      target: RecordTarget.fromAlias(new CloudFrontTarget(this.distribution)),
    };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }

  private acknowledge(edge: EdgeStack | undefined): void {
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Citizens use the portal while they travel; no country is shut out.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'No visitor tracking (R1.7): a log here would hold who read which page.',
      },
    );
    if (edge) return;
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A stage without a domain runs on this machine only; the edge stack has the firewall.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason: 'A stage without a domain runs on this machine only; the edge stack has the certificate.',
      },
    );
  }
}
