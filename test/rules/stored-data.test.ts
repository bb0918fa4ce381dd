import { expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Profile } from '../../src/findings/rule-description.ts';
import { auditFiles } from './audit-files.ts';

async function findings(text: string, profile: Profile): Promise<readonly Finding[]> {
  return (await auditFiles({ 'app.py': text }, ['command-injection'], profile)).findings;
}

const MODEL = `import os
from django.db import models

class Job(models.Model):
    command = models.TextField()
`;

it('counts stored data in the profile strict alone, calls it that and is less sure of it', async () => {
  const text = `${MODEL}
def run(pk):
    os.system(Job.objects.get(pk=pk).command)
`;
  expect(await findings(text, 'default')).toEqual([]);
  const [only, ...more] = await findings(text, 'strict');
  expect(more).toEqual([]);
  expect(only).toMatchObject({ confidence: 'medium' });
  expect(only?.message).toMatch(/^stored data \(Job\.objects\.get\(pk=pk\)\.command\) becomes part of a shell command/);
});

it('tells of the request where both reach the same place', async () => {
  const text = `${MODEL}
def run(request, pk):
    os.system(Job.objects.get(pk=pk).command + request.GET["more"])

urlpatterns = [path("run", run)]
`.replace('import os', 'import os\nfrom django.urls import path');
  const told = (await findings(text, 'strict')).map((finding) => [finding.message, finding.confidence]);
  expect(told).toEqual((await findings(text, 'default')).map((finding) => [finding.message, finding.confidence]));
  expect(told).toHaveLength(1);
});
