import { expect, it } from 'vitest';
import { checkOptionNames, type OptionNames } from '../src/building-blocks.ts';

interface Options {
  readonly bucket: string;
  readonly prefix?: string | undefined;
}

const NAMES: OptionNames<Options> = { bucket: true, prefix: true };

const check = (options: unknown) => () => checkOptionNames('open', options as Options, NAMES);

it.each([
  [{ bucket: 'b', prefx: 'a' }, 'open: there is no option prefx, only bucket, prefix'],
  [{ Bucket: 'b' }, 'open: there is no option Bucket, only bucket, prefix'],
  [{ toString: undefined }, 'open: there is no option toString, only bucket, prefix'],
  [JSON.parse('{"__proto__":1}'), 'open: there is no option __proto__, only bucket, prefix'],
  [['b'], 'open: there is no option 0, only bucket, prefix'],
  [undefined, 'open: options must be an object, got undefined'],
  [null, 'open: options must be an object, got null'],
  // It may be a URI with secrets in it.
  ['s3://b?secret-access-key=s', 'open: options must be an object, got a string'],
  [() => ({ bucket: 'b' }), 'open: options must be an object, got a function'],
  [Promise.resolve({ bucket: 'b' }), 'open: options must be an object, got a Promise'],
])('refuses %o as options', (options, message) => {
  expect(check(options)).toThrow(new TypeError(message));
});

it('says what the options must be in the words of their caller', () => {
  const expected = 'an object, such as { bucket }';
  expect(() => checkOptionNames('open', 5 as never, NAMES, expected)).toThrow(
    'open: options must be an object, such as { bucket }, got 5',
  );
});

it('takes what is undefined, what is left out, and the accessors of a class', () => {
  class Named {
    get bucket() {
      return 'b';
    }
    get region() {
      return 'not asked for';
    }
  }
  for (const options of [{ bucket: 'b', prefix: undefined }, {}, Object.create(null), new Named()])
    expect(check(options)).not.toThrow();
});

it('has names that the compiler holds to the options', () => {
  // @ts-expect-error one is left out
  const tooFew: OptionNames<Options> = { bucket: true };
  // @ts-expect-error one is too many
  const tooMany: OptionNames<Options> = { bucket: true, prefix: true, region: true };
  // @ts-expect-error they are of other options
  const ofOthers = () => checkOptionNames('open', { region: 'r' }, NAMES);
  expect([tooFew, tooMany, ofOthers]).toHaveLength(3);
});
