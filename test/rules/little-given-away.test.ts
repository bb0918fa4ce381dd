import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

/** Lines of a file on which a rule finds something. */
async function lines(rule: string, text: string, profile: 'default' | 'strict'): Promise<readonly number[]> {
  const { findings } = await auditFiles({ 'shop/views.py': text }, [rule], profile);
  return findings.map(({ primary }) => new LineIndex(text).at(primary.start).line);
}

describe('what gives little away is told by the profile strict', () => {
  it('in the order of rows that are about nobody', async () => {
    const text = `from django.contrib.auth.models import User
from django.db import models
from django.http import JsonResponse

class Paper(models.Model):
    title = models.TextField()

def papers(request):
    return JsonResponse({"papers": list(Paper.objects.all().order_by(request.GET["sort"]))})

def people(request):
    return JsonResponse({"people": list(User.objects.all().order_by(request.GET["sort"]))})

def values(request):
    return JsonResponse({"papers": list(Paper.objects.values(request.GET["field"]))})
`;
    expect(await lines('orm-field-injection', text, 'default')).toEqual([12, 15]);
    expect(await lines('orm-field-injection', text, 'strict')).toEqual([9, 12, 15]);
  });

  it('in the answer whether a file is there', async () => {
    const text = `import os
from flask import Flask, request
app = Flask(__name__)

@app.get("/there")
def there():
    return {"there": os.path.exists(os.path.join("/srv/papers", request.args["name"]))}

@app.get("/read")
def read():
    with open(os.path.join("/srv/papers", request.args["name"])) as paper:
        return {"text": paper.read()}
`;
    expect(await lines('path-traversal', text, 'default')).toEqual([11]);
    expect(await lines('path-traversal', text, 'strict')).toEqual([7, 11]);
  });
  it('in the log of what is there for development', async () => {
    const text = `import logging
from flask import Flask, request
app = Flask(__name__)

def add_debug_user(password):
    logging.info("debug user with password %s", password)

@app.post("/login")
def login():
    logging.info("login with password %s", request.form["password"])
    return "ok"
`;
    expect(await lines('sensitive-data-in-log', text, 'default')).toEqual([10]);
    expect(await lines('sensitive-data-in-log', text, 'strict')).toEqual([6, 10]);
  });

  it('in the log of a token that was rejected', async () => {
    const text = `import logging
import jwt

def claims(access_token, refresh_token, key):
    logging.info("asked with %s", access_token)
    try:
        return jwt.decode(access_token, key, algorithms=["HS256"])
    except jwt.ExpiredSignatureError:
        logging.info("expired: %s", access_token)
    except ValueError:
        logging.info("no claims: %s", refresh_token)
`;
    expect(await lines('sensitive-data-in-log', text, 'default')).toEqual([5, 11]);
    expect(await lines('sensitive-data-in-log', text, 'strict')).toEqual([5, 9, 11]);
  });

  it('by tokens that may well be counted', async () => {
    const text = `import logging
from chat.models import number_of_tokens

def shrink(messages, limit, refresh_tokens):
    current_tokens = number_of_tokens(messages)
    logging.info("using %s of %s", current_tokens, limit)
    logging.info("renewing %s", refresh_tokens)
`;
    expect(await lines('sensitive-data-in-log', text, 'default')).toEqual([7]);
    expect(await lines('sensitive-data-in-log', text, 'strict')).toEqual([6, 7]);
  });

  it('in a template that an own formatter fills by name', async () => {
    const text = `import string
from django.http import HttpResponse

class Plain(string.Formatter):
    def get_field(self, field_name, args, kwargs):
        return kwargs[field_name], field_name

def plain(request):
    return HttpResponse(Plain().format(request.POST["text"], user=request.user), content_type="text/plain")

def any_field(request):
    return HttpResponse(request.POST["text"].format(user=request.user), content_type="text/plain")
`;
    expect(await lines('format-string-injection', text, 'default')).toEqual([12]);
    expect(await lines('format-string-injection', text, 'strict')).toEqual([9, 12]);
  });
});
