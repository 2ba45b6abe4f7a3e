// A mail server's certificate that nobody but itself has signed, for 127.0.0.1 and localhost, valid from
// 2020 to 2120. Its key is known to everybody, and good for nothing but tests.

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAltYWlsLnRl
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CW1haWwudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL/47/4i5Vg177Uu
zRJ8uixSYT9Gjhqb1Br5jbLs7IoXHopsCRvcfF5YJEBja3B4x2eQ0JhtVxyAulbw
fq7tSvWjTjBMMBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9zdDAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBTVEo+zCxycRqAlU8szmd97GiEfhDAKBggqhkjOPQQD
AgNIADBFAiAz4AWKyCEAUVKscyVbn1jRku8PCF1O94EhjUqEqCmIOAIhAOad28MH
AeB4f05PIeRlmIfqWh3LI9VUaBQmjqYIZwD5
-----END CERTIFICATE-----
`

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwnv6757XgdBnCvAW
p98nmboFwod6z0AievmrLdr+jXWhRANCAAS/+O/+IuVYNe+1Ls0SfLosUmE/Ro4a
m9Qa+Y2y7OyKFx6KbAkb3HxeWCRAY2tweMdnkNCYbVccgLpW8H6u7Ur1
-----END PRIVATE KEY-----
`
