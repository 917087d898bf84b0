import { type RunningAzurite, startAzurite } from '@metering/testing-servers';
import { makeCertificate } from '@metering/testing-servers/tls';

/** Azurite over TLS, where it takes tokens. */
export interface SecureAzurite extends RunningAzurite {
  /** In PEM, of the authority that signed its certificate. */
  readonly certificateAuthority: string;
}

export async function startSecureAzurite(): Promise<SecureAzurite> {
  const certificate = await makeCertificate();
  const azurite = await startAzurite({ certificates: certificate.folder });
  const stop = async () => {
    await azurite.stop();
    await certificate.remove();
  };
  return { ...azurite, certificateAuthority: certificate.authority, stop };
}

/** A token such as Microsoft Entra ID gives; Azurite checks all of it but who signed it. */
export function accessToken(expiresAtMs: number): string {
  const seconds = Math.floor(expiresAtMs / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/',
    ...{ iat: seconds - 7_200, nbf: seconds - 7_200, exp: seconds },
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.planted-token-signature`;
}
