import { FALSE, NONE, str, TRUE, type Value } from '../../evaluate/values/value.ts';

/**
 * What Flask and its extensions take where nothing sets a key. https://flask.palletsprojects.com/en/stable/config/#builtin-configuration-values,
 * https://flask-login.readthedocs.io/en/latest/#cookie-settings
 */
const DEFAULTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['SECRET_KEY', NONE],
  ['TESTING', FALSE],
  ['PROPAGATE_EXCEPTIONS', NONE],
  ['MAX_CONTENT_LENGTH', NONE],
  ['SESSION_COOKIE_SECURE', FALSE],
  ['SESSION_COOKIE_HTTPONLY', TRUE],
  ['SESSION_COOKIE_SAMESITE', NONE],
  ['REMEMBER_COOKIE_SECURE', FALSE],
  ['REMEMBER_COOKIE_HTTPONLY', TRUE],
  ['REMEMBER_COOKIE_SAMESITE', NONE],
  ['SESSION_PROTECTION', str('basic')],
]);

export const DEFAULTED: readonly string[] = [...DEFAULTS.keys()];

export function defaultOf(key: string): Value | undefined {
  return DEFAULTS.get(key);
}

/** Keys that tell the configuration of a Flask application from other classes of constants. */
export const TELLING =
  /^(?:SECRET_KEY|DEBUG|TESTING|ENV|SESSION_\w+|REMEMBER_COOKIE_\w+|SQLALCHEMY_\w+|WTF_\w+|MAIL_\w+|MAX_CONTENT_LENGTH|PROPAGATE_EXCEPTIONS|LOGIN_DISABLED|TRAP_\w+|EXPLAIN_TEMPLATE_LOADING|PERMANENT_SESSION_LIFETIME|SERVER_NAME|PREFERRED_URL_SCHEME|JSON_\w+|TEMPLATES_AUTO_RELOAD|SEND_FILE_MAX_AGE_DEFAULT|MONGO_URI|MONGODB_\w+|REDIS_URL|CELERY_\w+|CACHE_\w+|JWT_\w+|SECURITY_\w+|BABEL_\w+|UPLOAD_FOLDER|BCRYPT_\w+|RATELIMIT_\w+)$/;
