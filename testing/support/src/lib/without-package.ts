/** The options with which Node finds everything but one package, as where it is not installed. */
export function withoutPackage(name: string): string[] {
  const hook = `
export async function resolve(specifier, context, next) {
  if (specifier !== ${JSON.stringify(name)}) return next(specifier, context);
  throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
}`;
  const program = `
import { register } from 'node:module';
register(${JSON.stringify(moduleUrl(hook))});`;
  return ['--import', moduleUrl(program)];
}

function moduleUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
