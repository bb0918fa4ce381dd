import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

async function lines(text: string, rule: string, profile: 'default' | 'strict', path = 'shop/settings.py'): Promise<readonly number[]> {
  const { findings, textOf } = await auditFiles({ [path]: text }, [rule], profile);
  return findings.map(({ primary }) => new LineIndex(textOf(primary.path) ?? '').at(primary.start).line);
}

const SETTINGS = `SECRET_KEY = open("/etc/key").read()
DEBUG = False
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "shop"]
`;
const LOCAL = 'try:\n    from shop.local_settings import *\nexcept ImportError:\n    pass\n';

describe('what only the profile strict tells, as it is most often fine', () => {
  it.each(['django-allowed-hosts-empty', 'django-static-root-missing'])(
    'is a host or folder that settings of the server name: %s',
    async (rule) => {
      expect(await lines(SETTINGS + LOCAL, rule, 'default')).toEqual([]);
      expect(await lines(SETTINGS + LOCAL, rule, 'strict')).toHaveLength(1);
      expect(await lines(SETTINGS, rule, 'default')).toHaveLength(1);
    },
  );

  it('is a token against requests from other sites that is compared as text', async () => {
    const view = (name: string) => `from flask import Flask, abort, request

from shop import find

app = Flask(__name__)


@app.post("/orders")
def order():
    if request.form["${name}"] != find().${name}:
        abort(403)
    return "ok"
`;
    expect(await lines(view('csrf_token'), 'timing-unsafe-comparison', 'default')).toEqual([]);
    expect(await lines(view('csrf_token'), 'timing-unsafe-comparison', 'strict')).toEqual([10]);
    expect(await lines(view('login_token'), 'timing-unsafe-comparison', 'default')).toEqual([10]);
  });

  it('is a form of a line without a token that nothing fills', async () => {
    const forms = (name: string, filled: string) => `from flask_wtf import FlaskForm
from wtforms import StringField


class ${name}(FlaskForm):
    class Meta:
        csrf = False

    title = StringField()


class OrderForm(FlaskForm):
    note = StringField()


def order():
    return ${filled}()
`;
    const rule = 'flask-wtf-csrf-disabled';
    expect(await lines(forms('OrderLineForm', 'OrderForm'), rule, 'default')).toEqual([]);
    expect(await lines(forms('OrderLineForm', 'OrderForm'), rule, 'strict')).toEqual([7]);
    expect(await lines(forms('OrderLineForm', 'OrderLineForm'), rule, 'default')).toEqual([7]);
    expect(await lines(forms('LoginForm', 'OrderForm'), rule, 'default')).toEqual([7]);
  });

  it('is all but some fields of customers that are no users', async () => {
    const serializers = (model: string) => `from django.contrib.auth.models import AbstractUser
from django.db import models
from rest_framework import serializers


class Customer(${model}):
    title = models.CharField(max_length=100)


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        exclude = ["title"]
`;
    const rule = 'drf-serializer-exposes-fields';
    expect(await lines(serializers('models.Model'), rule, 'default', 'shop/api.py')).toEqual([]);
    expect(await lines(serializers('models.Model'), rule, 'strict', 'shop/api.py')).toEqual([13]);
    expect(await lines(serializers('AbstractUser'), rule, 'default', 'shop/api.py')).toEqual([13]);
  });

  it('is an API that lets everybody in by default in a project that has none', async () => {
    const settings = `SECRET_KEY = open("/etc/key").read()
DEBUG = False
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["rest_framework", "shop"]
REST_FRAMEWORK = {"PAGE_SIZE": 20}
`;
    const api = `from rest_framework import viewsets
from django.urls import path


class Products(viewsets.ModelViewSet):
    queryset = []


urlpatterns = [path("products", Products.as_view({"post": "create"}))]
`;
    const pages = 'from django.urls import path\nfrom shop.pages import home\n\nurlpatterns = [path("", home)]\n';
    const told = async (urls: string, profile: 'default' | 'strict') =>
      (await auditFiles({ 'shop/settings.py': settings, 'shop/urls.py': urls }, ['drf-default-permission-open'], profile)).findings.length;
    expect(await told(api, 'default')).toBe(1);
    expect(await told(pages, 'default')).toBe(0);
    expect(await told(pages, 'strict')).toBe(1);
  });

  it('is what a view writes whose name says that it shows something', async () => {
    const view = (name: string) => `from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Report(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.get("/r/<int:pk>")
def ${name}(pk):
    report = Report.query.get_or_404(pk)
    report.rows = 3
    db.session.commit()
    return "ok"
`;
    const rule = 'flask-state-change-on-get';
    expect(await lines(view('get_report'), rule, 'default')).toEqual([]);
    expect(await lines(view('get_report'), rule, 'strict')).toEqual([16]);
    expect(await lines(view('archive_report'), rule, 'default')).toEqual([16]);
    expect(await lines(view('get_archived_and_delete_rest'), rule, 'default')).toEqual([16]);
  });

  it('is a hash of what was sent that nothing calls a signature', async () => {
    const hashing = (name: string) => `import hashlib

from django.http import HttpResponse


def ${name}(request):
    return HttpResponse(hashlib.md5(request.body).hexdigest())
`;
    expect(await lines(hashing('upload'), 'weak-hash', 'default')).toEqual([]);
    expect(await lines(hashing('upload'), 'weak-hash', 'strict')).toEqual([7]);
    expect(await lines(hashing('verify_upload'), 'weak-hash', 'default')).toEqual([7]);
  });

  it('is a file of a fixed name that a script or task writes', async () => {
    const writing = 'def write(rows, year):\n    with open(f"/tmp/rows-{year}.csv", "w") as file:\n        file.writelines(rows)\n';
    const rule = 'insecure-temporary-file';
    expect(await lines(writing, rule, 'default', 'shop/management/commands/rows.py')).toEqual([]);
    expect(await lines(writing, rule, 'strict', 'shop/management/commands/rows.py')).toEqual([2]);
    expect(await lines(writing, rule, 'default', 'shop/rows.py')).toEqual([2]);
  });

  it('is a secret of the random module that is passed on under its name', async () => {
    const sending = `import random

from django.core.mail import send_mail
from django.template.loader import render_to_string


def reset(user):
    new_password = str(random.randint(1000, 9999))
    user.set_password(new_password)
    send_mail("Reset", render_to_string("reset.txt", dict(password=new_password)), None, [user.email])
`;
    const rule = 'insecure-random-for-secret';
    expect(await lines(sending, rule, 'default')).toEqual([8]);
  });
});
