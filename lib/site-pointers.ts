import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/** What the site's function looks up on every request: key `catalogue`, the version of the catalogue in use. */
export class SitePointers extends Construct {
  readonly store: KeyValueStore;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.store = new KeyValueStore(this, 'Store', { comment: 'Versions in use' });
  }
}
