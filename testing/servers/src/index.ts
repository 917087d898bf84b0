export { type Fault, FaultProxy, type SeenRequest } from './lib/fault-proxy.ts';
export { fakeGcs, minio, type ServerRecipe, versitygw } from './lib/server-recipe.ts';
export {
  type RunningAzurite,
  type StartAzuriteOptions,
  startAzurite,
} from './lib/start-azurite.ts';
export {
  type MissingServer,
  type RunningServer,
  type StartServerOptions,
  startServer,
} from './lib/start-server.ts';
