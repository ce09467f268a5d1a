import { configuration } from '../configuration.ts';
import { bucketObjects } from '../storage/objects.ts';
import { pointersOnDemand } from '../storage/pointers-on-demand.ts';
import { s3Client } from '../storage/s3-client.ts';
import { downloadRegister } from './download.ts';
import { removeOldVersions } from './old-versions.ts';
import { type PublishDependencies, type PublishRequest, publishCatalogue } from './publish.ts';
import { type PublishSummary, publishAndReport } from './report.ts';

const environment = configuration('CONTENT_BUCKET', 'SITE_BUCKET', 'SITE_POINTERS', 'PORTAL_URL');
export type Environment = typeof environment;

const s3 = s3Client();
const dependencies: PublishDependencies = {
  content: bucketObjects(s3, environment.CONTENT_BUCKET),
  site: bucketObjects(s3, environment.SITE_BUCKET),
  pointers: pointersOnDemand(environment.SITE_POINTERS),
  download: url => downloadRegister(url),
  portalUrl: environment.PORTAL_URL,
  now: Date.now,
};

/** Other fields of the event, a deployment's trigger has some, say nothing. */
const requestOf = ({ source, url, replace }: PublishRequest): PublishRequest => ({
  ...(typeof source === 'string' && { source }),
  ...(typeof url === 'string' && { url }),
  replace: replace === true,
});

/** Invoked with an import's key or address, or with nothing (after a deployment, after a form was published). */
export const handler = (event: PublishRequest | null): Promise<PublishSummary> =>
  publishAndReport(requestOf(event ?? {}), {
    publish: request => publishCatalogue(request, dependencies),
    tidy: version => removeOldVersions(version, dependencies),
    log: line => console.log(JSON.stringify(line)),
    now: Date.now,
  });
