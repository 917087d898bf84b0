import { ENDPOINT } from './endpoint.ts';
import type { Field } from './field.ts';
import type { Secret } from './secret.ts';

/** How a role is assumed before the storage is used. */
interface RoleSection {
  /** The role to assume. */
  readonly assumeRoleArn?: string | undefined;
  /** What the role's trust policy asks of a third party. */
  readonly externalId?: string | undefined;
  /** What the session is called in audit logs. */
  readonly sessionName?: string | undefined;
  /** How long its credentials last: 900 to 43,200 seconds. */
  readonly durationSeconds?: number | undefined;
  /** The URL of a security token service that is not the default one. */
  readonly stsEndpoint?: string | undefined;
}

/** Static credentials. Without them, the cloud's own chain of credentials is asked. */
interface KeySection {
  readonly accessKey?: string | undefined;
  readonly secretAccessKey?: Secret | undefined;
  readonly sessionToken?: Secret | undefined;
}

/** The section `aws` of the type `s3`. */
export interface AwsSection extends RoleSection, KeySection {
  /** The bucket stands in the path and not in the host name, as MinIO and others want it. */
  readonly s3ForcePathStyle?: boolean | undefined;
}

/** The section `oss`. */
export interface OssSection extends RoleSection, KeySection {}

/** The section `azure`. */
export interface AzureSection {
  readonly accountName?: string | undefined;
  readonly accountKey?: Secret | undefined;
  readonly sasToken?: Secret | undefined;
}

/** The section `localfs`. */
export interface LocalFsSection {
  /** The folder that keys are relative to. Default `./metering-data`. */
  readonly basePath: string;
  /** Whether the base path is made where it is not there. Default true. */
  readonly createDirs: boolean;
  /** The mode of new folders in octal, such as `"0755"`. Files get it without the execute bits. */
  readonly permissions?: string | undefined;
}

/** The options of a section, by their names in camelCase. */
export type SectionFields<Section> = { readonly [Name in keyof Section]-?: Field };

const KEY_FIELDS: SectionFields<KeySection> = {
  accessKey: {
    type: 'string',
    description: 'The id of static credentials.',
    parameters: ['access-key'],
    requires: ['secretAccessKey'],
  },
  secretAccessKey: {
    type: 'secret',
    description: 'The secret of static credentials.',
    parameters: ['secret-access-key'],
    requires: ['accessKey'],
  },
  sessionToken: {
    type: 'secret',
    description: 'The session token of temporary credentials.',
    parameters: ['session-token'],
    requires: ['accessKey'],
  },
};

const ROLE_FIELDS: SectionFields<RoleSection> = {
  assumeRoleArn: {
    type: 'string',
    description: 'The role to assume.',
    parameters: ['assume-role-arn', 'role-arn'],
  },
  externalId: {
    type: 'string',
    description: "What the role's trust policy asks of a third party.",
    requires: ['assumeRoleArn'],
  },
  sessionName: {
    type: 'string',
    description: "What the role's session is called in audit logs.",
    requires: ['assumeRoleArn'],
  },
  durationSeconds: {
    type: 'integer',
    description: "How long the role's credentials last, in seconds.",
    minimum: 900,
    maximum: 43_200,
    requires: ['assumeRoleArn'],
  },
  stsEndpoint: {
    ...ENDPOINT,
    description: 'The URL of a security token service that is not the default one.',
    requires: ['assumeRoleArn'],
  },
};

export const AWS_FIELDS: SectionFields<AwsSection> = {
  s3ForcePathStyle: {
    type: 'boolean',
    description: 'The bucket stands in the path and not in the host name, as MinIO wants it.',
    parameters: ['s3-force-path-style', 'force-path-style'],
  },
  ...KEY_FIELDS,
  ...ROLE_FIELDS,
};

export const OSS_FIELDS: SectionFields<OssSection> = { ...KEY_FIELDS, ...ROLE_FIELDS };

export const AZURE_FIELDS: SectionFields<AzureSection> = {
  accountName: {
    type: 'string',
    description: 'The storage account.',
    parameters: ['account-name'],
  },
  accountKey: {
    type: 'secret',
    description: "The storage account's key.",
    parameters: ['account-key'],
    requires: ['accountName'],
  },
  sasToken: {
    type: 'secret',
    description: 'A shared access signature, without the question mark.',
    parameters: ['sas-token'],
  },
};

export const LOCALFS_FIELDS: SectionFields<LocalFsSection> = {
  basePath: {
    type: 'string',
    description: 'The folder that keys are relative to.',
    default: './metering-data',
    expected: (text) => (text.includes('\0') ? 'a path without the character NUL' : undefined),
  },
  createDirs: {
    type: 'boolean',
    description: 'Whether the base path is made where it is not there.',
    parameters: ['create-dirs'],
    default: true,
  },
  permissions: {
    type: 'octal',
    description: 'The mode of new folders in octal; files get it without the execute bits.',
    parameters: ['permissions'],
    expected: permissionsExpected,
  },
};

function permissionsExpected(text: string): string | undefined {
  if ((Number.parseInt(text, 8) & 0o600) === 0o600) return undefined;
  return 'a file mode that lets the owner read and write, such as "0755"';
}
