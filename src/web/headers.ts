/**
 * What stands on every answer, the malformed request's too. What is JSON may load nothing, be framed
 * by nobody and be read as nothing else, whatever a printer wrote into it. No HSTS: the appliance
 * speaks plain HTTP on the printer VLAN; who puts TLS before it says so there.
 */
export const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const
