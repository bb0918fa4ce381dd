import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

const RULES = ['django-csrf-exempt-view', 'django-modelform-exposes-all-fields', 'drf-view-open-permissions', 'flask-csrf-exempt'];

async function told(text: string, profile: 'default' | 'strict'): Promise<readonly number[]> {
  const { findings, textOf } = await auditFiles({ 'shop/views.py': text }, RULES, profile);
  return findings.map(({ primary }) => new LineIndex(textOf(primary.path) ?? '').at(primary.start).line);
}

describe('what the profile strict alone tells of views that are open, or closed, by decision', () => {
  it('is an open action or function that writes nothing', async () => {
    const text = `from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet
from shop.lockers import Client
from shop.models import Locker


class Lockers(ViewSet):
    @action(detail=False, methods=["post"], permission_classes=[AllowAny])
    def nearest(self, request):
        return Response(Client().find_closest(request.data["street"]))

    @action(detail=False, methods=["post"], permission_classes=[AllowAny])
    def move(self, request):
        Locker.objects.filter(pk=request.data["id"]).delete()
        return Response()


@api_view(["POST"])
@permission_classes([AllowAny])
def price(request):
    return Response({"price": 3 * int(request.data["count"])})


@api_view(["POST"])
@permission_classes([AllowAny])
def rename(request):
    locker = Locker.objects.get(pk=request.data["id"])
    locker.name = request.data["name"]
    locker.save()
    return Response()
`;
    expect(await told(text, 'default')).toEqual([14, 27]);
    expect(await told(text, 'strict')).toEqual([10, 14, 21, 27]);
  });

  it('is a view exempt from CSRF checks that only reads, or takes JSON alone', async () => {
    const text = `import json
from flask import request, session
from flask_login import current_user, login_required
from shop import app, csrf, db
from shop.models import Plan


@app.post("/plan")
@login_required
@csrf.exempt
def plan():
    found = Plan.query.filter_by(id=request.form["plan"]).first()
    return json.dumps({"price": found.price, "mine": current_user.plan_id == found.id})


@app.post("/choose")
@login_required
@csrf.exempt
def choose():
    current_user.plan_id = request.form["plan"]
    db.session.commit()
    return ""


@app.post("/remember")
@login_required
@csrf.exempt
def remember():
    session["plan"] = request.form["plan"]
    return ""


@app.post("/restart")
@csrf.exempt
def restart():
    Plan.query.filter_by(email=current_user.email).first().set_restart()
    return ""


@app.post("/devices")
@login_required
@csrf.exempt
def devices():
    current_user.device = request.get_json()["device"]
    db.session.commit()
    return ""


@app.post("/phones")
@login_required
@csrf.exempt
def phones():
    current_user.phone = request.get_json(force=True)["phone"]
    db.session.commit()
    return ""
`;
    expect(await told(text, 'default')).toEqual([18, 27, 34, 51]);
    expect(await told(text, 'strict')).toEqual([10, 18, 27, 34, 42, 51]);
  });

  it('is a view of Django exempt from CSRF checks that answers methods which no form sends', async () => {
    const text = `from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from shop.models import Plan


@login_required
@csrf_exempt
@require_http_methods(["PUT", "DELETE"])
def change(request, pk):
    Plan.objects.filter(pk=pk, owner=request.user).delete()
    return JsonResponse({})


@login_required
@csrf_exempt
@require_http_methods(["POST", "DELETE"])
def remove(request, pk):
    Plan.objects.filter(pk=pk, owner=request.user).delete()
    return JsonResponse({})
`;
    expect(await told(text, 'default')).toEqual([17]);
    expect(await told(text, 'strict')).toEqual([9, 17]);
  });

  it('is a form with all fields that only those fill in who may change its model', async () => {
    const text = `from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.views.generic import UpdateView
from shop.models import Thing


class StaffForm(forms.ModelForm):
    class Meta:
        model = Thing
        fields = "__all__"


class BothForm(forms.ModelForm):
    class Meta:
        model = Thing
        exclude = []


class EditForm(forms.ModelForm):
    class Meta:
        model = Thing
        fields = "__all__"


class OwnForm(forms.ModelForm):
    class Meta:
        model = Thing
        fields = "__all__"


@login_required
@permission_required("shop.change_thing", raise_exception=True)
def edit(request):
    StaffForm(request.POST).save()
    BothForm(request.POST).save()


@login_required
def own(request):
    BothForm(request.POST).save()


class Edit(PermissionRequiredMixin, UpdateView):
    permission_required = "shop.change_thing"
    form_class = EditForm


class Own(LoginRequiredMixin, UpdateView):
    form_class = OwnForm
`;
    expect(await told(text, 'default')).toEqual([17, 29]);
    expect(await told(text, 'strict')).toEqual([11, 17, 23, 29]);
  });
});
