// Checks templates with AWS' own validator and with cdk-nag, both from npm and offline: node validate.mjs FOLDER…
// Prints what they find as JSON, a finding a line, and exits with 1 when there is any.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { AwsSolutionsChecks } from 'cdk-nag'

// The validator comes inside of the CDK, and is no dependency of ours that could be another version.
const library = createRequire(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'))
const { CompositeEngine, TemplateContent } = library('@aws/cloudformation-validate')

// Findings of the first that stay in every template, and why. Those of cdk-nag are accepted beside what they are about.
const accepted = {
  W3005: 'The CDK says again that a function comes after the role that it names.',
  W3010: 'Zones are named in the environment, so that writing templates asks nobody.',
}

const templates = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(folder, name)),
)
if (templates.length === 0) throw new Error('There is no template in the folders given.')

const findings = [...checkSchema(), ...checkPractice()]
for (const finding of findings) console.log(JSON.stringify(finding))
process.exitCode = findings.length > 0 ? 1 : 0

function checkSchema() {
  const engine = new CompositeEngine()
  const found = templates.flatMap((path) =>
    engine
      .validateTemplate(new TemplateContent(readFileSync(path, 'utf8'), path), {})
      .diagnostics.filter(({ severity, ruleId }) => severity !== 'INFO' && !accepted[ruleId])
      .map(({ ruleId, entity, propertyPath, message }) => ({
        template: basename(path),
        rule: ruleId,
        resource: entity?.logicalId,
        message: `${propertyPath}: ${message}`,
      })),
  )
  engine.free()
  return found
}

function checkPractice() {
  const found = []
  const folder = mkdtempSync(join(tmpdir(), 'onlinecompiler-checks-'))
  const app = new App({ analyticsReporting: false, outdir: join(folder, 'out') })
  for (const path of templates) {
    const template = JSON.parse(readFileSync(path, 'utf8'))
    // What the CDK adds for bootstrapping is no resource of ours, and an included template may not have it twice.
    delete template.Parameters?.BootstrapVersion
    delete template.Rules
    const file = join(folder, basename(path))
    writeFileSync(file, JSON.stringify(template))
    new CfnInclude(new Stack(app, basename(path, '.template.json')), 'template', { templateFile: file })
  }

  // Visited here and not as an aspect: nothing is to be written, nor checked a second time as it is.
  const checks = new AwsSolutionsChecks({ reports: false, additionalLoggers: [new Collecting(found)] })
  for (const construct of app.node.findAll()) checks.visit(construct)
  rmSync(folder, { recursive: true })
  return found
}

/** Where cdk-nag says what it found; a rule that it could not judge counts as broken. */
function Collecting(found) {
  const add = ({ resource, ruleId, ruleInfo, findingId, errorMessage }) =>
    found.push({
      template: `${Stack.of(resource).stackName}.template.json`,
      rule: findingId ? `${ruleId}[${findingId}]` : ruleId,
      resource: resource.node.id,
      message: errorMessage ?? ruleInfo,
    })
  return {
    onNonCompliance: add,
    onError: add,
    onCompliance() {},
    onSuppressed() {},
    onSuppressedError() {},
    onNotApplicable() {},
  }
}
