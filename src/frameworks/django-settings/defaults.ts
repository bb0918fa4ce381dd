import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { sequence } from '../../evaluate/values/container.ts';
import { HeapObject } from '../../evaluate/values/heap.ts';
import { bool, int, NONE, NOWHERE, str, type Value } from '../../evaluate/values/value.ts';
import type { PackageVersions } from '../package-versions.ts';

/** What a setting is when the project says nothing, from a version of Django on; newest first; an older one than all of them has no such setting. */
type Default = readonly (readonly [since: string, value: Value])[];

const always = (value: Value): Default => [['', value]];
const list = (...elements: readonly string[]): Value =>
  sequence(
    'list',
    elements.map((element) => str(element)),
    NOWHERE,
    ROOT_BRANCH,
  );
const dict = (key?: string, value?: Value): Value => {
  const object = new HeapObject(NOWHERE, ROOT_BRANCH);
  if (key !== undefined && value) object.write(`s:${key}`, value, ROOT_BRANCH);
  return [{ kind: 'container', form: 'dict', object }];
};
const hashers = (...names: readonly string[]): Value => list(...names.map((name) => `django.contrib.auth.hashers.${name}PasswordHasher`));

/**
 * Settings that rules ask about when they are not set. https://docs.djangoproject.com/en/stable/ref/settings/ and, for the versions, the
 * release notes: X_FRAME_OPTIONS and nosniff 3.0, referrer policy 3.1, opener policy 4.0, USE_TZ 5.0, BigAutoField 6.0.
 */
const DEFAULTS: ReadonlyMap<string, Default> = new Map<string, Default>([
  ['DEBUG', always(bool(false))],
  ['SECRET_KEY', always(str(''))],
  ['SECRET_KEY_FALLBACKS', [['4.1', list()]]],
  ['ALLOWED_HOSTS', always(list())],
  ['INSTALLED_APPS', always(list())],
  ['MIDDLEWARE', always(list())],
  ['AUTH_PASSWORD_VALIDATORS', always(list())],
  ['CSRF_TRUSTED_ORIGINS', always(list())],
  ['SILENCED_SYSTEM_CHECKS', always(list())],
  [
    'PASSWORD_HASHERS',
    [
      ['4.0', hashers('PBKDF2', 'PBKDF2SHA1', 'Argon2', 'BCryptSHA256', 'Scrypt')],
      ['', hashers('PBKDF2', 'PBKDF2SHA1', 'Argon2', 'BCryptSHA256')],
    ],
  ],
  ['PASSWORD_RESET_TIMEOUT', always(int(259_200))],
  ['AUTHENTICATION_BACKENDS', always(list('django.contrib.auth.backends.ModelBackend'))],
  ['LOGIN_URL', always(str('/accounts/login/'))],
  ['INTERNAL_IPS', always(list())],
  ['USE_X_FORWARDED_HOST', always(bool(false))],
  ['DATABASES', always(dict())],
  ['CACHES', always(dict('default', dict('BACKEND', str('django.core.cache.backends.locmem.LocMemCache'))))],
  ['MEDIA_ROOT', always(str(''))],
  // A relative URL is put below the path of the application.
  [
    'MEDIA_URL',
    [
      ['3.1', str('/')],
      ['', str('')],
    ],
  ],
  [
    'FILE_UPLOAD_PERMISSIONS',
    [
      ['3.0', int(0o644)],
      ['', NONE],
    ],
  ],
  ['EMAIL_BACKEND', always(str('django.core.mail.backends.smtp.EmailBackend'))],
  ['EMAIL_HOST_PASSWORD', always(str(''))],
  ['SESSION_COOKIE_AGE', always(int(1_209_600))],
  ['SECURE_SSL_REDIRECT', always(bool(false))],
  ['SECURE_HSTS_SECONDS', always(int(0))],
  ['SECURE_HSTS_INCLUDE_SUBDOMAINS', always(bool(false))],
  ['SECURE_HSTS_PRELOAD', always(bool(false))],
  ['SECURE_PROXY_SSL_HEADER', always(NONE)],
  [
    'SECURE_CONTENT_TYPE_NOSNIFF',
    [
      ['3.0', bool(true)],
      ['', bool(false)],
    ],
  ],
  [
    'SECURE_REFERRER_POLICY',
    [
      ['3.1', str('same-origin')],
      ['', NONE],
    ],
  ],
  ['SECURE_CROSS_ORIGIN_OPENER_POLICY', [['4.0', str('same-origin')]]],
  [
    'X_FRAME_OPTIONS',
    [
      ['3.0', str('DENY')],
      ['', str('SAMEORIGIN')],
    ],
  ],
  ['SESSION_COOKIE_SECURE', always(bool(false))],
  ['SESSION_COOKIE_HTTPONLY', always(bool(true))],
  ['SESSION_COOKIE_SAMESITE', always(str('Lax'))],
  ['SESSION_ENGINE', always(str('django.contrib.sessions.backends.db'))],
  ['SESSION_SERIALIZER', always(str('django.contrib.sessions.serializers.JSONSerializer'))],
  ['CSRF_COOKIE_SECURE', always(bool(false))],
  ['CSRF_COOKIE_HTTPONLY', always(bool(false))],
  ['CSRF_COOKIE_SAMESITE', always(str('Lax'))],
  ['CSRF_USE_SESSIONS', always(bool(false))],
  ['DATA_UPLOAD_MAX_MEMORY_SIZE', always(int(2_621_440))],
  ['DATA_UPLOAD_MAX_NUMBER_FIELDS', always(int(1000))],
  ['LOGGING', always(dict())],
  [
    'USE_TZ',
    [
      ['5.0', bool(true)],
      ['', bool(false)],
    ],
  ],
  [
    'DEFAULT_AUTO_FIELD',
    [
      ['6.0', str('django.db.models.BigAutoField')],
      ['', str('django.db.models.AutoField')],
    ],
  ],
]);

/** Every setting with a known default. */
export const DEFAULTED: readonly string[] = [...DEFAULTS.keys()];

/** Versions that differ in a default, and those that are told apart when a project says which it runs with; newest first. */
const VERSIONS = ['6.1', '6.0', '5.2', '5.1', '5.0', '4.2', '4.1', '4.0', '3.2', '3.1', '3.0', '2.2'];

/** The version of Django that the project runs with, as far as its dependencies tell. */
export function djangoVersion(versions: PackageVersions): string | undefined {
  return VERSIONS.find((version) => versions.inRange('django', `>=${version}`) === true);
}

/** The default by the version that the project runs with; the newest where that is not known. */
export function defaultOf(name: string, versions: PackageVersions): Value | undefined {
  return DEFAULTS.get(name)?.find(([since]) => since === '' || versions.inRange('django', `>=${since}`) !== false)?.[1];
}
