/** One file for the runner, for a stage takes seconds to synthesise; each part can be run by itself (`node --test FILE`). */
import './portal-stack/every-stage.ts';
import './portal-stack/permissions.ts';
import './portal-stack/permissions-to-cases.ts';
import './portal-stack/operation.ts';
import './portal-stack/routes.ts';
import './portal-stack/distribution.ts';
