import type { StorageDriver } from '@metering/core';
import { describeValue, isPlainObject } from '@metering/core/building-blocks';
import type { Field } from '../fields/field.ts';
import { kebabCase } from '../fields/kebab-case.ts';
import { SHARED_FIELDS, SHARED_NAMES } from '../fields/shared-fields.ts';
import type { Backend } from './backend.ts';

const TYPE = /^[a-z][a-z0-9-]*$/;
const SCHEME = /^[a-z][a-z0-9+.-]*$/;
const OPTION = /^[a-z][A-Za-z0-9]*$/;
const FIELD_TYPES: readonly unknown[] = ['string', 'secret', 'boolean', 'integer', 'octal'];

/**
 * Holds a list of drivers to what a configuration can tell apart.
 *
 * @throws TypeError that names the driver and what is wrong with it.
 */
export function checkDrivers(drivers: readonly StorageDriver[], builtIn: readonly Backend[]): void {
  if (!Array.isArray(drivers)) {
    throw new TypeError(`drivers must be an array, got ${describeValue(drivers)}`);
  }
  const types = new Set<string>();
  const schemes = new Set(builtIn.flatMap((backend) => backend.schemes));
  for (const driver of drivers as readonly StorageDriver[]) {
    checkShape(driver);
    if (types.has(driver.type)) fail(driver, 'there are two drivers of this type');
    types.add(driver.type);
    if (builtIn.some((backend) => backend.type === driver.type)) checkBuiltIn(driver);
    else checkThirdParty(driver, schemes, builtIn);
  }
}

function checkShape(driver: StorageDriver): void {
  if (typeof driver !== 'object' || driver === null || typeof driver.open !== 'function') {
    throw new TypeError(`A driver must be an object that opens, got ${describeValue(driver)}`);
  }
  if (!TYPE.test(driver.type)) fail(driver, 'its type must be in lower case, such as "gcs"');
}

function checkBuiltIn(driver: StorageDriver): void {
  if (driver.section !== undefined) fail(driver, 'the section of this type is built in');
}

function checkThirdParty(
  driver: StorageDriver,
  taken: Set<string>,
  builtIn: readonly Backend[],
): void {
  const reserved = ['type', ...SHARED_NAMES, ...SHARED_NAMES.map(kebabCase)];
  reserved.push(...builtIn.map((backend) => backend.sectionName));
  if (reserved.includes(driver.type)) fail(driver, 'its type is the name of another option');
  for (const scheme of driver.schemes ?? [driver.type]) {
    if (!SCHEME.test(scheme)) fail(driver, `${describeValue(scheme)} cannot be a URI's scheme`);
    if (taken.has(scheme)) fail(driver, `the scheme "${scheme}" belongs to another driver`);
    taken.add(scheme);
  }
  checkSection(driver, driver.section ?? {});
}

function checkSection(driver: StorageDriver, section: Readonly<Record<string, Field>>): void {
  if (!isPlainObject(section)) fail(driver, 'its section must be an object');
  const parameters = new Set(SHARED_NAMES.flatMap((name) => SHARED_FIELDS[name].parameters ?? []));
  for (const [name, field] of Object.entries(section)) {
    if (!OPTION.test(name)) fail(driver, `its option ${describeValue(name)} must be in camelCase`);
    if (Object.hasOwn(SHARED_FIELDS, name)) fail(driver, `the option "${name}" is a shared one`);
    if (!isPlainObject(field) || !FIELD_TYPES.includes(field.type)) {
      fail(driver, `its option "${name}" must have a type: ${FIELD_TYPES.join(', ')}`);
    }
    for (const other of field.requires ?? []) {
      if (!Object.hasOwn(section, other)) fail(driver, `it has no option "${other}" to require`);
    }
    for (const parameter of field.parameters ?? []) {
      if (parameters.has(parameter)) fail(driver, `the parameter "${parameter}" is taken`);
      parameters.add(parameter);
    }
  }
}

function fail(driver: StorageDriver, problem: string): never {
  throw new TypeError(`Invalid driver ${describeValue(driver.type)}: ${problem}`);
}
