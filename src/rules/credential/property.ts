/**
 * Properties whose value is a credential itself, by type and path: what a parameter feeds here must be hidden.
 * Of a path the last name decides; a few names mean something else in some types.
 */
export const CREDENTIAL_PROPERTY =
  /^AWS::\S+ (?:[\w.]+\.)?(?:MasterUserPassword|AdminUserPassword|Password|Passwords\.\d+|AuthToken|AuthPassword|SaslPassword|OauthToken|AccessToken|ClientSecret|SecretToken|PreSharedKey|AdminPassword|KdcAdminPassword|ADDomainJoinPassword|CrossRealmTrustPrincipalPassword|FsxAdminPassword|SvmAdminPassword|ServiceAccountPassword|HECToken|DbPassword|SecretString|PrivateKey|SecretKey|ApiKeyValue|AccountPassword)$/;
