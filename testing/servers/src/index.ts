export { type Fault, FaultProxy, type SeenRequest } from './lib/fault-proxy.ts';
export { minio, type ServerRecipe, versitygw } from './lib/server-recipe.ts';
export {
  type MissingServer,
  type RunningServer,
  type StartServerOptions,
  startServer,
} from './lib/start-server.ts';
