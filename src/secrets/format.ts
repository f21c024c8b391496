/** A published token format: where `anchor` stands in a text, `pattern` (sticky) decides whether a token begins `back` characters before. */
export interface Format {
  readonly kind: string;
  readonly words: string;
  /** Text that every such token holds; found by plain search, so that texts without it cost nothing more. */
  readonly anchor: string;
  /** How many characters of the token stand before the anchor. */
  readonly back?: number;
  /** What must not stand right before the token, a letter, digit or underscore unless said otherwise. */
  readonly notBehind?: RegExp;
  /**
   * Matches the token from its first character; a group named `secret` narrows it. Every quantifier that is followed by
   * more must be bounded or be cut off by the boundary, so that the search stays linear.
   */
  readonly pattern: RegExp;
}

/** Formats as their makers document them, in a new line each; token characters beyond a maximum are not looked at. */
export const FORMATS: readonly Format[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { kind: 'aws-access-key-id', words: 'an AWS access key id', anchor: 'AKIA', pattern: /AKIA[A-Z0-9]{16}(?![A-Za-z0-9])/y },
  { kind: 'aws-access-key-id', words: 'an AWS temporary access key id', anchor: 'ASIA', pattern: /ASIA[A-Z0-9]{16}(?![A-Za-z0-9])/y },
  { kind: 'aws-session-token', words: 'an AWS session token', anchor: 'IQoJb3JpZ2lu', pattern: /IQoJb3JpZ2lu[A-Za-z0-9+/=]{80,4096}/y },
  { kind: 'aws-session-token', words: 'an AWS session token', anchor: 'FwoGZXIvYXdz', pattern: /FwoGZXIvYXdz[A-Za-z0-9+/=]{80,4096}/y },
  { kind: 'aws-bedrock-key', words: 'an Amazon Bedrock API key', anchor: 'ABSK', pattern: /ABSK[A-Za-z0-9+/]{100,400}={0,2}/y },
  {
    kind: 'aws-mws-token',
    words: 'an Amazon MWS token',
    anchor: 'amzn.mws.',
    pattern: /amzn\.mws\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/y,
  },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'ghp_', pattern: /ghp_[A-Za-z0-9]{36,251}/y },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'gho_', pattern: /gho_[A-Za-z0-9]{36,251}/y },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'ghu_', pattern: /ghu_[A-Za-z0-9]{36,251}/y },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'ghs_', pattern: /ghs_[A-Za-z0-9]{36,251}/y },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'ghr_', pattern: /ghr_[A-Za-z0-9]{36,251}/y },
  { kind: 'github-token', words: 'a GitHub token', anchor: 'github_pat_', pattern: /github_pat_[A-Za-z0-9_]{50,255}/y },
  {
    kind: 'gitlab-token',
    words: 'a GitLab token',
    anchor: 'gl',
    pattern: /gl(?:pat|dt|oas|rt|rtr|cbt|ptt|ft|soat|imt|agent|ffct|wt)-[\w.-]{20,300}/y,
  },
  { kind: 'gitlab-token', words: 'a GitLab runner token', anchor: 'GR1348941', pattern: /GR1348941[\w-]{20,60}/y },
  { kind: 'slack-token', words: 'a Slack token', anchor: 'xox', pattern: /xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,250}/y },
  { kind: 'slack-token', words: 'a Slack app token', anchor: 'xapp-', pattern: /xapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-z0-9]{32,128}/y },
  {
    kind: 'slack-webhook',
    words: 'a Slack webhook URL',
    anchor: 'hooks.slack.com/',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9]{8,20}\/[A-Za-z0-9]{8,24}\/[A-Za-z0-9/]{16,90})/dy,
  },
  {
    kind: 'teams-webhook',
    words: 'a Microsoft Teams webhook URL',
    anchor: '.webhook.office.com/',
    notBehind: /[^\w-]/,
    pattern: /\.webhook\.office\.com\/webhookb2\/(?<secret>[\w@-]{36,90}\/IncomingWebhook\/[\w-]{20,80}\/[\w-]{20,80})/dy,
  },
  {
    kind: 'discord-webhook',
    words: 'a Discord webhook URL',
    anchor: 'discord',
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{15,22}\/[\w-]{50,100})/dy,
  },
  { kind: 'stripe-key', words: 'a Stripe live key', anchor: 'sk_live_', pattern: /sk_live_[A-Za-z0-9]{16,250}/y },
  { kind: 'stripe-key', words: 'a Stripe live key', anchor: 'rk_live_', pattern: /rk_live_[A-Za-z0-9]{16,250}/y },
  { kind: 'stripe-webhook-secret', words: 'a Stripe webhook secret', anchor: 'whsec_', pattern: /whsec_[A-Za-z0-9+/=]{24,100}/y },
  { kind: 'google-api-key', words: 'a Google API key', anchor: 'AIza', pattern: /AIza[\w-]{35}(?![\w-])/y },
  { kind: 'google-oauth-secret', words: 'a Google OAuth client secret', anchor: 'GOCSPX-', pattern: /GOCSPX-[\w-]{28}/y },
  { kind: 'npm-token', words: 'an npm token', anchor: 'npm_', pattern: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y },
  { kind: 'pypi-token', words: 'a PyPI token', anchor: 'pypi-Ag', pattern: /pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZw)[\w-]{50,1000}/y },
  { kind: 'rubygems-key', words: 'a RubyGems key', anchor: 'rubygems_', pattern: /rubygems_[a-f0-9]{48}/y },
  // RFC 7515: header and claims are JSON objects, so both begin with eyJ; five parts are an encrypted token.
  {
    kind: 'jwt',
    words: 'a JSON Web Token',
    anchor: 'eyJ',
    notBehind: /[\w-]/,
    pattern: /eyJ[\w-]{10,4096}\.eyJ[\w-]{10,8192}\.[\w-]{16,2048}/y,
  },
  { kind: 'twilio-key', words: 'a Twilio API key', anchor: 'SK', pattern: /SK[0-9a-f]{32}(?![A-Za-z0-9])/y },
  { kind: 'sendgrid-key', words: 'a SendGrid API key', anchor: 'SG.', pattern: /SG\.[\w-]{16,32}\.[\w-]{32,64}/y },
  { kind: 'mailgun-key', words: 'a Mailgun key', anchor: 'key-', pattern: /key-[0-9a-f]{32}(?![A-Za-z0-9-])/y },
  {
    kind: 'azure-storage-key',
    words: 'an Azure storage account key',
    anchor: 'AccountKey=',
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/dy,
  },
  {
    kind: 'azure-shared-key',
    words: 'an Azure shared access key',
    anchor: 'SharedAccessKey=',
    pattern: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)/dy,
  },
  { kind: 'azure-client-secret', words: 'an Azure client secret', anchor: '8Q~', back: 3, pattern: /[\w~.-]{3}8Q~[\w~.-]{31,34}/y },
  { kind: 'anthropic-key', words: 'an Anthropic API key', anchor: 'sk-ant-', pattern: /sk-ant-[\w-]{20,250}/y },
  { kind: 'openai-key', words: 'an OpenAI API key', anchor: 'sk-proj-', pattern: /sk-proj-[\w-]{20,250}/y },
  { kind: 'openai-key', words: 'an OpenAI API key', anchor: 'sk-svcacct-', pattern: /sk-svcacct-[\w-]{20,250}/y },
  { kind: 'openai-key', words: 'an OpenAI API key', anchor: 'sk-admin-', pattern: /sk-admin-[\w-]{20,250}/y },
  { kind: 'openai-key', words: 'an OpenAI API key', anchor: 'sk-', pattern: /sk-[A-Za-z0-9]{48}(?![A-Za-z0-9])/y },
  { kind: 'huggingface-token', words: 'a Hugging Face token', anchor: 'hf_', pattern: /hf_[A-Za-z0-9]{34,40}(?![A-Za-z0-9])/y },
  { kind: 'groq-key', words: 'a Groq API key', anchor: 'gsk_', pattern: /gsk_[A-Za-z0-9]{48,60}/y },
  { kind: 'vault-token', words: 'a HashiCorp Vault token', anchor: 'hvs.', pattern: /hvs\.[\w-]{24,300}/y },
  { kind: 'vault-token', words: 'a HashiCorp Vault batch token', anchor: 'hvb.', pattern: /hvb\.[\w-]{24,300}/y },
  {
    kind: 'terraform-cloud-token',
    words: 'a HCP Terraform token',
    anchor: '.atlasv1.',
    back: 14,
    pattern: /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}/y,
  },
  { kind: 'newrelic-key', words: 'a New Relic user key', anchor: 'NRAK-', pattern: /NRAK-[A-Z0-9]{27}/y },
  { kind: 'digitalocean-token', words: 'a DigitalOcean token', anchor: '_v1_', back: 3, pattern: /do[opr]_v1_[a-f0-9]{64}/y },
  { kind: 'docker-token', words: 'a Docker Hub token', anchor: 'dckr_', pattern: /dckr_(?:pat|oat)_[\w-]{24,40}/y },
  { kind: 'doppler-token', words: 'a Doppler token', anchor: 'dp.', pattern: /dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,60}/y },
  { kind: 'databricks-token', words: 'a Databricks token', anchor: 'dapi', pattern: /dapi[0-9a-f]{32}(?![A-Za-z0-9])/y },
  { kind: 'shopify-token', words: 'a Shopify token', anchor: 'shp', pattern: /shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/y },
  { kind: 'square-secret', words: 'a Square secret', anchor: 'sq0', pattern: /sq0(?:csp|atp)-[\w-]{22,60}/y },
  { kind: 'atlassian-token', words: 'an Atlassian API token', anchor: 'ATATT3', pattern: /ATATT3[\w=-]{100,250}/y },
  { kind: 'linear-key', words: 'a Linear API key', anchor: 'lin_api_', pattern: /lin_api_[A-Za-z0-9]{32,48}/y },
  { kind: 'notion-token', words: 'a Notion token', anchor: 'ntn_', pattern: /ntn_[A-Za-z0-9]{40,60}/y },
  { kind: 'grafana-token', words: 'a Grafana service account token', anchor: 'glsa_', pattern: /glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}/y },
  { kind: 'sentry-token', words: 'a Sentry token', anchor: 'sntry', pattern: /sntry[su]_[A-Za-z0-9+/=_-]{40,300}/y },
  { kind: 'pulumi-token', words: 'a Pulumi token', anchor: 'pul-', pattern: /pul-[a-f0-9]{40}/y },
  { kind: 'planetscale-password', words: 'a PlanetScale credential', anchor: 'pscale_', pattern: /pscale_(?:tkn|pw|oauth)_[\w.-]{32,64}/y },
  { kind: 'postman-key', words: 'a Postman API key', anchor: 'PMAK-', pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/y },
  { kind: 'jfrog-key', words: 'a JFrog API key', anchor: 'AKCp', pattern: /AKCp[A-Za-z0-9]{60,80}/y },
  { kind: 'sonar-token', words: 'a SonarQube token', anchor: 'sq', pattern: /sq[uap]_[a-f0-9]{40}/y },
  { kind: 'supabase-token', words: 'a Supabase token', anchor: 'sbp_', pattern: /sbp_[a-f0-9]{40}/y },
  { kind: 'buildkite-token', words: 'a Buildkite token', anchor: 'bkua_', pattern: /bkua_[a-z0-9]{40}/y },
  { kind: 'circleci-token', words: 'a CircleCI token', anchor: 'CCI', pattern: /CCI(?:PAT|PRJ)_[\w]{20,90}/y },
  {
    kind: 'age-key',
    words: 'an age private key',
    anchor: 'AGE-SECRET-KEY-1',
    pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y,
  },
];
