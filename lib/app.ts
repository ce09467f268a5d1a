import { App, type AppProps, Validations } from 'aws-cdk-lib';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { EdgeStack } from './edge-stack.ts';
import { PortalStack } from './portal-stack.ts';
import { parseStage, readContext, type Stage, type StageContext } from './stage.ts';

/** CloudFront's certificates and firewalls live here, wherever the rest does. */
const edgeRegion = 'us-east-1';

const contextKeys = ['stage', 'stages', 'portalUrl', 'issuer', 'uploadsOrigin'] as const;

const stageOf = (app: App): Stage =>
  parseStage(
    Object.fromEntries(contextKeys.map(key => [key, app.node.tryGetContext(key)])) satisfies StageContext,
  );

/** The CDK app of one stage; what the command line says (`-c stage=prod`) goes before what `cdk.json` says. Throws `StageError`. */
export const createApp = (props: AppProps = {}): App => {
  // The CDK's version is pinned: what a newer one recommends comes with it, and shows in its diff.
  const app = new App({ ...props, context: { ...recommended, ...readContext(), ...props.context } });
  const stage = stageOf(app);
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const environment = (region: string) => ({ region, ...(account && { account }) });
  const edge =
    stage.domain &&
    new EdgeStack(app, `asiointi-${stage.name}-edge`, {
      env: environment(edgeRegion),
      crossRegionReferences: true,
      domain: stage.domain,
    });
  new PortalStack(app, `asiointi-${stage.name}`, {
    env: environment(stage.region),
    crossRegionReferences: true,
    terminationProtection: stage.lasting,
    stage,
    edge,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};
