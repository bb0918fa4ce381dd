import { compareText } from '../../util/compare-text.ts';

/** Settings that decide how safe an application is, in the order in which people read them. https://docs.djangoproject.com/en/stable/ref/settings/ */
const SECURITY_SETTINGS: readonly (readonly [group: string, names: readonly string[]])[] = [
  ['secrets and hosts', ['DEBUG', 'SECRET_KEY', 'SECRET_KEY_FALLBACKS', 'ALLOWED_HOSTS', 'INTERNAL_IPS', 'SILENCED_SYSTEM_CHECKS']],
  [
    'HTTPS',
    [
      'SECURE_SSL_REDIRECT',
      'SECURE_PROXY_SSL_HEADER',
      'USE_X_FORWARDED_HOST',
      'SECURE_HSTS_SECONDS',
      'SECURE_HSTS_INCLUDE_SUBDOMAINS',
      'SECURE_HSTS_PRELOAD',
    ],
  ],
  [
    'headers',
    [
      'SECURE_CONTENT_TYPE_NOSNIFF',
      'SECURE_REFERRER_POLICY',
      'SECURE_CROSS_ORIGIN_OPENER_POLICY',
      'X_FRAME_OPTIONS',
      'SECURE_CSP',
      'CONTENT_SECURITY_POLICY',
      'CORS_ALLOW_ALL_ORIGINS',
      'CORS_ORIGIN_ALLOW_ALL',
      'CORS_ALLOWED_ORIGINS',
      'CORS_ALLOWED_ORIGIN_REGEXES',
      'CORS_ALLOW_CREDENTIALS',
    ],
  ],
  [
    'sessions and CSRF',
    [
      'SESSION_COOKIE_SECURE',
      'SESSION_COOKIE_HTTPONLY',
      'SESSION_COOKIE_SAMESITE',
      'SESSION_COOKIE_AGE',
      'SESSION_ENGINE',
      'SESSION_SERIALIZER',
      'CSRF_COOKIE_SECURE',
      'CSRF_COOKIE_HTTPONLY',
      'CSRF_COOKIE_SAMESITE',
      'CSRF_USE_SESSIONS',
      'CSRF_TRUSTED_ORIGINS',
    ],
  ],
  [
    'login',
    ['AUTHENTICATION_BACKENDS', 'AUTH_PASSWORD_VALIDATORS', 'PASSWORD_HASHERS', 'PASSWORD_RESET_TIMEOUT', 'LOGIN_URL', 'REST_FRAMEWORK'],
  ],
  ['application', ['MIDDLEWARE', 'INSTALLED_APPS', 'ROOT_URLCONF', 'USE_TZ']],
  [
    'data',
    [
      'DATABASES',
      'CACHES',
      'STORAGES',
      'DEFAULT_FILE_STORAGE',
      'STATIC_ROOT',
      'MEDIA_ROOT',
      'MEDIA_URL',
      'FILE_UPLOAD_PERMISSIONS',
      'DATA_UPLOAD_MAX_MEMORY_SIZE',
      'EMAIL_BACKEND',
      'EMAIL_HOST_PASSWORD',
      'LOGGING',
    ],
  ],
];

const GROUPS: ReadonlyMap<string, string> = new Map(
  SECURITY_SETTINGS.flatMap(([group, names]) => names.map((name) => [name, group] as const)),
);

export function groupOf(name: string): string | undefined {
  return GROUPS.get(name);
}

/** Settings in the order in which people read them; those that say nothing about security after the others, by name. */
export function compareSettings(a: string, b: string): number {
  return rank(a) - rank(b) || compareText(a, b);
}

const NAMES = [...GROUPS.keys()];

function rank(name: string): number {
  const at = NAMES.indexOf(name);
  return at < 0 ? NAMES.length : at;
}
