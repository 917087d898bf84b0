/**
 * The same object with some calls of its interface replaced. Everything else is the object's own: its
 * fields, which may change, and the calls that the interface may get later.
 */
export function overlay<Interface extends object, Target extends Interface>(
  target: Target,
  calls: Partial<Interface>,
): Target {
  // Not of the target itself, which may be frozen: a proxy must show frozen fields as they are.
  return new Proxy<Target>(Object.create(target), {
    get(_, name) {
      if (Object.hasOwn(calls, name)) return Reflect.get(calls, name);
      const value: unknown = Reflect.get(target, name, target);
      // A method of a class with private fields works on the object itself alone.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
