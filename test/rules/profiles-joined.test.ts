import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

type Files = Readonly<Record<string, string>>;

async function places(files: Files, rule: string, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, [rule], profile);
  const at = ({ path, start }: { readonly path: string; readonly start: number }): string =>
    `${path}:${new LineIndex(textOf(path) ?? '').at(start).line}`;
  return findings.map(({ primary, related }) => [primary, ...related.map(({ location }) => location)].map(at).join(' + '));
}

const SETTINGS = 'from .base import *\nDEBUG = False\n';
const BASE = 'SECRET_KEY = open("/etc/key").read()\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["django.contrib.sessions"]\n';

describe('what is one habit is told once by default', () => {
  it('is a setting that several settings modules lack', async () => {
    const files = {
      'shop/settings/__init__.py': '',
      'shop/settings/base.py': BASE,
      'shop/settings/production.py': SETTINGS,
      'shop/settings/staging.py': SETTINGS,
    };
    const rule = 'django-session-cookie-secure-missing';
    expect(await places(files, rule, 'default')).toEqual(['shop/settings/production.py:2 + shop/settings/staging.py:2']);
    expect(await places(files, rule, 'strict')).toEqual(['shop/settings/production.py:2', 'shop/settings/staging.py:2']);
    const off = {
      ...files,
      'shop/settings/production.py': `${SETTINGS}SESSION_COOKIE_SECURE = False\n`,
      'shop/settings/staging.py': `${SETTINGS}SESSION_COOKIE_SECURE = False\n`,
    };
    expect(await places(off, rule, 'default')).toEqual(['shop/settings/production.py:3', 'shop/settings/staging.py:3']);
  });

  it('is a password that a function hashes one of several ways; the key of a cache is for those who want to be told all', async () => {
    const text = `import hashlib
def hashed(password, how):
    if how == "md5":
        return hashlib.md5(password.encode())
    return hashlib.sha256(password.encode())
def cached_key(password):
    return hashlib.sha256(password.encode()).hexdigest()
`;
    expect(await places({ 'shop.py': text }, 'weak-password-hash', 'default')).toEqual(['shop.py:4 + shop.py:5']);
    expect(await places({ 'shop.py': text }, 'weak-password-hash', 'strict')).toEqual(['shop.py:4', 'shop.py:5', 'shop.py:7']);
  });

  it('is what the database keeps as templates, of one function, and what a filter marks as safe in several places', async () => {
    const files = {
      'shop/models.py':
        'from django.db import models\nclass Mail(models.Model):\n    html = models.TextField()\n    text = models.TextField()\n',
      'shop/mails.py': `from django.template import Template
from .models import Mail
def send(kind):
    mail = Mail.objects.get(kind=kind)
    return Template(mail.html), Template(mail.text)
`,
      'shop/templatetags/cut.py': `from django import template
from django.utils.safestring import mark_safe
register = template.Library()
@register.filter
def cut(value):
    if len(value) < 9:
        return mark_safe(value)
    return mark_safe(value)
`,
    };
    expect(await places(files, 'render-template-string-dynamic', 'default')).toEqual(['shop/mails.py:5 + shop/mails.py:5']);
    expect(await places(files, 'markup-safe-on-dynamic-value', 'default')).toEqual([
      'shop/templatetags/cut.py:7 + shop/templatetags/cut.py:8',
    ]);
    expect(await places(files, 'markup-safe-on-dynamic-value', 'strict')).toEqual([
      'shop/templatetags/cut.py:7',
      'shop/templatetags/cut.py:8',
    ]);
  });

  it('is a literal password that a list of people repeats', async () => {
    const text = `PEOPLE = [
    {"name": "ann", "password": "Qw3rty-uiop-99"},
    {"name": "ben", "password": "Qw3rty-uiop-99"},
    {"name": "cid", "password": "Asdf-gh-jkl-77"},
]
`;
    expect(await places({ 'people.py': text }, 'hardcoded-credential', 'default')).toEqual(['people.py:2 + people.py:3', 'people.py:4']);
    expect(await places({ 'people.py': text }, 'hardcoded-credential', 'strict')).toEqual(['people.py:2', 'people.py:3', 'people.py:4']);
  });

  it('is one secret that a module writes to the log in several places', async () => {
    const text = `import logging
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)

@app.get("/a")
def a():
    log.info("called with %s", request.headers["X-Api-Key"])
    return "a"

@app.get("/b")
def b():
    log.info("called with %s", request.headers["X-Api-Key"])
    return "b"

@app.get("/c")
def c():
    log.info("called with %s", app.config["API_KEY"])
    return "c"
`;
    expect(await places({ 'app.py': text }, 'sensitive-data-in-log', 'default')).toEqual(['app.py:9 + app.py:14', 'app.py:19']);
    expect(await places({ 'app.py': text }, 'sensitive-data-in-log', 'strict')).toEqual(['app.py:9', 'app.py:14', 'app.py:19']);
  });

  it('is a function that sets whatever attributes the request names', async () => {
    const text = `from django.http import HttpResponse
from shop.models import Notice

def change(request):
    notice = Notice.objects.get(pk=request.POST["pk"])
    for name in request.POST.getlist("terms"):
        setattr(notice, name, True)
    for name in request.POST.getlist("places"):
        setattr(notice, name, True)
    notice.save()
    return HttpResponse("done")

def reset(request):
    notice = Notice.objects.get(pk=request.POST["pk"])
    for name in request.POST.getlist("terms"):
        setattr(notice, name, False)
    notice.save()
    return HttpResponse("done")
`;
    expect(await places({ 'shop/views.py': text }, 'mass-assignment', 'default')).toEqual([
      'shop/views.py:7 + shop/views.py:9',
      'shop/views.py:16',
    ]);
    expect(await places({ 'shop/views.py': text }, 'mass-assignment', 'strict')).toEqual([
      'shop/views.py:7',
      'shop/views.py:9',
      'shop/views.py:16',
    ]);
  });

  it('is money in floating point in the models of a project', async () => {
    const model = (name: string, field: string): string =>
      `from django.db import models\nclass ${name}(models.Model):\n    ${field} = models.FloatField()\n`;
    const files = { 'shop/models.py': model('Item', 'price'), 'staff/models.py': model('Pay', 'salary') };
    expect(await places(files, 'django-money-in-float', 'default')).toEqual(['shop/models.py:3 + staff/models.py:3']);
    expect(await places(files, 'django-money-in-float', 'strict')).toEqual(['shop/models.py:3', 'staff/models.py:3']);
  });

  it('is a shell that a function hands what it puts together; another function is told apart', async () => {
    const step = (name: string): string => `def ${name}(source):\n    os.system(f"tar {source}")\n    os.system(f"rm {source}")\n`;
    const files = { 'shop/tools.py': `import os\n${step('pack')}${step('move')}` };
    expect(await places(files, 'subprocess-shell-dynamic', 'default')).toEqual([
      'shop/tools.py:3 + shop/tools.py:4',
      'shop/tools.py:6 + shop/tools.py:7',
    ]);
    expect(await places(files, 'subprocess-shell-dynamic', 'strict')).toHaveLength(4);
  });

  it('is a list of URLs with files that the view for development serves', async () => {
    const files = {
      'urls.py': `from django.urls import re_path
from django.views.static import serve
urlpatterns = [
    re_path(r"^a/(?P<path>.*)$", serve, {"document_root": "/srv/a"}),
    re_path(r"^b/(?P<path>.*)$", serve, {"document_root": "/srv/b"}),
]
`,
    };
    expect(await places(files, 'django-static-serve-in-production', 'default')).toEqual(['urls.py:4 + urls.py:5']);
  });
});

describe('what a view has done elsewhere', () => {
  it('is told at the view, with the change beside it', async () => {
    const files = {
      'shop/models.py': `from django.db import models
class Line(models.Model):
    count = models.IntegerField()
    def drop(self):
        self.delete()
`,
      'shop/views.py': `from django.shortcuts import get_object_or_404, redirect
from .models import Line
def remove(request, pk):
    get_object_or_404(Line, pk=pk).drop()
    return redirect("/")
def discard(request, pk):
    get_object_or_404(Line, pk=pk).delete()
    return redirect("/")
`,
      'shop/urls.py': `from django.urls import path
from . import views
urlpatterns = [path("a/<int:pk>", views.remove), path("b/<int:pk>", views.discard)]
`,
    };
    expect(await places(files, 'django-state-change-on-get', 'default')).toEqual(['shop/views.py:3 + shop/models.py:5', 'shop/views.py:7']);
  });
});

describe('what the profile strict tells beside what is told anyway', () => {
  it('is that settings of a project on SQLite read no environment', async () => {
    const rule = 'django-config-not-from-environment';
    const files = (more: string) => ({
      'shop/settings.py': `SECRET_KEY = "k"\nROOT_URLCONF = "shop.urls"\nDEBUG = True\nALLOWED_HOSTS = []\n${more}`,
    });
    const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db"}}\n';
    expect(await places(files(sqlite), rule, 'default')).toEqual([]);
    expect(await places(files(sqlite), rule, 'strict')).toEqual(['shop/settings.py:1']);
    expect(await places(files(`${sqlite}ALLOWED_HOSTS = ["shop.example.com"]\n`), rule, 'default')).toEqual(['shop/settings.py:1']);
    expect(await places(files(sqlite.replace('sqlite3', 'postgresql')), rule, 'default')).toEqual(['shop/settings.py:1']);
  });

  it('is an exempt page that changes nothing, whatever it asks of the user', async () => {
    const view = (name: string, more: string): string =>
      `@csrf_exempt\ndef ${name}(request):\n    answer = render(request, "a.html", {"more": request.user.has_perm("shop.more")})\n    ${more}\n    return answer\n`;
    const files = {
      'shop/views.py': `from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from .orders import cancel_order
${view('back', 'patch_cache_control(answer, private=True)')}${view('cancel', 'cancel_order(request.user)')}`,
      'shop/orders.py': 'def cancel_order(user): ...\n',
    };
    expect(await places(files, 'django-csrf-exempt-view', 'default')).toEqual(['shop/views.py:10']);
    expect(await places(files, 'django-csrf-exempt-view', 'strict')).toEqual(['shop/views.py:5', 'shop/views.py:10']);
  });

  it('is a page that URLs exempt and that only shows something', async () => {
    const files = {
      'shop/views.py': `from django.shortcuts import redirect
from django.views.generic import TemplateView
from .models import Order
class Show(TemplateView):
    template_name = "show.html"
    def get_context_data(self, **kwargs):
        return super().get_context_data(user=self.request.user, **kwargs)
class Buy(TemplateView):
    template_name = "buy.html"
    def post(self, request):
        Order.objects.create(user=request.user)
        return redirect("/")
`,
      'shop/models.py':
        'from django.db import models\nclass Order(models.Model):\n    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)\n',
      'shop/urls.py': `from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from .views import Buy, Show
urlpatterns = [
    path("a/", csrf_exempt(Show.as_view())),
    path("b/", csrf_exempt(Buy.as_view())),
]
`,
    };
    expect(await places(files, 'django-csrf-exempt-view', 'default')).toEqual(['shop/urls.py:6']);
    expect(await places(files, 'django-csrf-exempt-view', 'strict')).toEqual(['shop/urls.py:5', 'shop/urls.py:6']);
  });

  it('is a file that a form validated and that is taken from the request', async () => {
    const view = (name: string, value: string): string =>
      `def ${name}(request):\n    form = NoteForm(request.POST, request.FILES)\n    if form.is_valid():\n        Note.objects.create(${value})\n`;
    const files = {
      'shop/models.py':
        'from django.db import models\nclass Note(models.Model):\n    text = models.TextField()\n    file = models.FileField()\n',
      'shop/forms.py':
        'from django import forms\nclass NoteForm(forms.Form):\n    text = forms.CharField()\n    file = forms.FileField()\n',
      'shop/views.py': `from .forms import NoteForm\nfrom .models import Note\n${view('attach', 'file=request.FILES["file"]')}${view('write', 'text=request.POST["text"]')}`,
    };
    expect(await places(files, 'form-used-without-validation', 'default')).toEqual(['shop/views.py:10']);
    expect(await places(files, 'form-used-without-validation', 'strict')).toEqual(['shop/views.py:6', 'shop/views.py:10']);
  });
});
