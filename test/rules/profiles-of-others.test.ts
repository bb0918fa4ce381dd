import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

/** Lines of findings of this rule, by profile. */
async function told(files: Readonly<Record<string, string>>, rule: string, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, [rule], profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

describe('what something beside it answers for, which the profile strict tells', () => {
  it('is a serializer of all fields that lets nobody write whose it is', async () => {
    const rule = 'drf-serializer-exposes-fields';
    const files = (owner: string, field: string) => ({
      'notes/models.py': `from django.db import models\n\n\nclass Note(models.Model):\n    title = models.CharField(max_length=9)\n${owner}`,
      'notes/api.py': `from rest_framework import serializers
from notes.models import Note


class NoteSerializer(serializers.ModelSerializer):
${field}
    class Meta:
        model = Note
        fields = "__all__"
`,
    });
    const column = '    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)\n';
    expect(await told(files(column, ''), rule, 'default')).toEqual(['notes/api.py:9']);
    expect(await told(files(column, '    owner = serializers.StringRelatedField()\n'), rule, 'default')).toEqual([]);
    expect(
      await told(files(column, '    owner = serializers.SlugRelatedField(slug_field="pk", read_only=True)\n'), rule, 'default'),
    ).toEqual([]);
    const computed = files('    @property\n    def owner(self):\n        return self.runs.first().user\n', '');
    expect(await told(computed, rule, 'default')).toEqual([]);
    expect(await told(computed, rule, 'strict')).toEqual(['notes/api.py:9']);
  });

  it('is the host of the request in a sentence that is no link', async () => {
    const rule = 'host-header-poisoning';
    const mail = (name: string, text: string) => `
def ${name}(request):
    host = request.get_host()
    send_mail("Test from %s" % host, ${text}, "shop@example.org", [request.POST["to"]])
`;
    const files = {
      'settings.py': 'ALLOWED_HOSTS = ["*"]\n',
      'mails.py': `from django.core.mail import send_mail
from django.utils.translation import gettext as _
${mail('tell', '_("The mail server of %(host)s works.") % {"host": host}')}${mail('link', '"Go to https://%s/reset" % host')}${mail('plain', '"Go to " + host + "/reset/"')}`,
    };
    expect(await told(files, rule, 'default')).toEqual(['mails.py:10', 'mails.py:14']);
    expect(await told(files, rule, 'strict')).toEqual(['mails.py:6', 'mails.py:10', 'mails.py:14']);
  });

  it('is a comparison with what the session of whoever asks holds', async () => {
    const rule = 'timing-unsafe-comparison';
    const files = {
      'login.py': `from django.http import HttpResponse
def came_back(request, client):
    if request.GET["oauth_token"] != request.session["login"]["oauth_token"]:
        return HttpResponse(status=403)
    if request.GET["api_token"] != client.api_token:
        return HttpResponse(status=403)
    return HttpResponse("ok")
`,
    };
    expect(await told(files, rule, 'default')).toEqual(['login.py:5']);
    expect(await told(files, rule, 'strict')).toEqual(['login.py:3', 'login.py:5']);
  });

  it('is a list of relations to load, by which nothing is sorted', async () => {
    const rule = 'orm-field-injection';
    const view = (method: string) => ({
      'shop/models.py': 'from django.db import models\n\n\nclass Order(models.Model):\n    paid = models.BooleanField()\n',
      'shop/views.py': `from django.shortcuts import render
from shop.models import Order


def orders(request):
    found = Order.objects.${method}(*request.GET.getlist("with"))
    return render(request, "orders.html", {"orders": found})
`,
    });
    expect(await told(view('select_related'), rule, 'default')).toEqual([]);
    expect(await told(view('select_related'), rule, 'strict')).toEqual(['shop/views.py:6']);
    expect(await told(view('values'), rule, 'default')).toEqual(['shop/views.py:6']);
  });

  it('is a template that a form only compiles to see whether it can be read', async () => {
    const rule = 'server-side-template-injection';
    const form = (rest: string) => ({
      'mails/forms.py': `from django import forms
from django.template import Template, TemplateSyntaxError


class MailForm(forms.Form):
    body = forms.CharField()

    def clean_body(self):
        body = self.cleaned_data["body"]
        try:
            template = Template(body)
        except TemplateSyntaxError as error:
            raise forms.ValidationError("no template")
        ${rest}
`,
    });
    expect(await told(form('return body'), rule, 'default')).toEqual([]);
    expect(await told(form('return template.render({})'), rule, 'default')).toEqual(['mails/forms.py:11']);
  });

  it('is what a form cannot have cleaned: several files of one field', async () => {
    const rule = 'form-used-without-validation';
    const view = (read: string) => ({
      'shop/models.py': 'from django.db import models\n\n\nclass Photo(models.Model):\n    file = models.FileField()\n',
      'shop/views.py': `from django import forms
from django.shortcuts import redirect
from shop.models import Photo


class PhotoForm(forms.Form):
    file = forms.FileField()


def upload(request):
    form = PhotoForm(request.POST)
    if form.is_valid():
        for file in ${read}:
            Photo.objects.create(file=file)
    return redirect("home")
`,
    });
    expect(await told(view('request.FILES.getlist("file")'), rule, 'default')).toEqual([]);
    expect(await told(view('request.FILES.getlist("file")'), rule, 'strict')).toEqual(['shop/views.py:14']);
    expect(await told(view('[request.FILES["file"]]'), rule, 'default')).toEqual(['shop/views.py:14']);
  });

  it('is a callback exempt from CSRF protection that only notes who was there', async () => {
    const rule = 'django-csrf-exempt-view';
    const files = (view: string) => ({
      'manage.py': '',
      'pay/models.py': `from django.db import models


class Payment(models.Model):
    status = models.CharField(max_length=9)
    payer = models.CharField(max_length=9)
`,
      'pay/steps.py': `from pay.models import Payment


def settle(request, data):
    payment = Payment.objects.get(pk=data["id"])
    payment.payer = request.user
    payment.save()
    return payment


def has_import_permission(user):
    return user.is_staff
`,
      'pay/views.py': `from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from pay.models import Payment
from pay.steps import has_import_permission, settle


${view}
`,
    });
    const callback = '@csrf_exempt\ndef silent_post(request):\n    settle(request, request.POST)\n    return HttpResponse("ok")';
    expect(await told(files(callback), rule, 'default')).toEqual([]);
    expect(await told(files(callback), rule, 'strict')).toEqual(['pay/views.py:9']);
    expect(await told(files(callback.replace('@csrf_exempt\n', '@csrf_exempt\n@login_required\n')), rule, 'default')).toEqual([
      'pay/views.py:9',
    ]);
    const status = `@csrf_exempt
@login_required
def status(request, pk):
    payment = get_object_or_404(Payment, pk=pk)
    if not has_import_permission(request.user):
        return HttpResponse(status=403)
    return HttpResponse(payment.status)`;
    expect(await told(files(status), rule, 'default')).toEqual([]);
    expect(await told(files(status.replace('return HttpResponse(payment.status)', 'payment.delete()')), rule, 'default')).toEqual([
      'pay/views.py:9',
    ]);
  });

  it('is a login decorator that nobody asks on a view that asks for itself', async () => {
    const rule = 'flask-auth-decorator-above-route';
    const view = (first: string) => ({
      'app.py': `from flask import Flask
from flask_login import current_user, login_required

app = Flask(__name__)


@login_required
@app.route("/board")
def board():
    ${first}
    return "board"
`,
    });
    expect(await told(view('print("board")'), rule, 'default')).toEqual(['app.py:7']);
    const asks = view('if not current_user.is_authenticated:\n        return "log in"');
    expect(await told(asks, rule, 'default')).toEqual([]);
    expect(await told(asks, rule, 'strict')).toEqual(['app.py:7']);
  });
});
