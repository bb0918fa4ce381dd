import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

const RULES_OF = ['insecure-random-for-secret', 'regex-injection'];

async function told(files: Readonly<Record<string, string>>, profile: 'default' | 'strict' = 'default') {
  const { findings, textOf } = await auditFiles(files, RULES_OF, profile);
  const line = ({ path, start }: { readonly path: string; readonly start: number }) =>
    `${path}:${new LineIndex(textOf(path) ?? '').at(start).line}`;
  return findings.map(({ primary, related }) => [line(primary), ...related.map(({ location, message }) => `${line(location)} ${message}`)]);
}

describe('what has one cause is told once', () => {
  it('is what a function of the project makes for others', async () => {
    const files = {
      'keys.py': `import random
def random_word(letters):
    return "".join([random.choice(letters) for _ in range(16)])
`,
      'mail.py': `from keys import random_word
def invite(user):
    user.email_token = random_word("abc")
    user.save()
`,
      'pages.py': `import random
from keys import random_word
def start(session):
    session["nonce"] = random_word("abcdef")
def other(session):
    session["nonce"] = str(random.getrandbits(64))
`,
    };
    expect(await told(files)).toEqual([['mail.py:3', 'keys.py:3 it is made here', 'pages.py:4 the same here'], ['pages.py:6']]);
    expect((await told(files, 'strict')).map(([place]) => place)).toEqual(['mail.py:3', 'pages.py:4', 'pages.py:6']);
  });

  it('is where it is made, though it is passed on to a place that comes first', async () => {
    const files = {
      'account.py': `class Account:
    def set_password(self, password):
        self.password = password.encode()
`,
      'admin.py': `import random
from account import Account
def create(letters):
    password = "".join(random.choice(letters) for _ in range(12))
    Account().set_password(password)
`,
      'secrets_of_shop.py': `import random
from account import Account
def made_password():
    return "".join(random.choices("abcdef", k=12))
def renew():
    Account().set_password(made_password())
`,
    };
    expect(await told(files)).toEqual([['admin.py:4', 'account.py:3 the same here'], ['secrets_of_shop.py:4']]);
  });

  it('is what one statement does twice with the same value', async () => {
    const files = {
      'search.py': `from django.db.models import Q
from shop.models import Item
def search(request):
    word = request.GET.get("q")
    other = request.GET.get("other")
    return Item.objects.filter(Q(title__iregex=".*%s" % word) | Q(text__iregex=".*%s" % word) | Q(note__iregex=other))
`,
    };
    expect(await told(files)).toEqual([['search.py:6', 'search.py:6 it also reaches text__iregex=".*%s" % word'], ['search.py:6']]);
  });
});
