// Apart from the servers: who speaks no TLS loads nothing that makes certificates.
export { type Certificate, makeCertificate } from './lib/make-certificate.ts';
