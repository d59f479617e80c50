import { Sha256 } from '../../lib/hash.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Artifact } from '../../model/evidence.ts'
import { htmlReport } from '../html/page.ts'
import { assessmentJson } from './assessment-json.ts'
import { coverage, findings } from './findings-jsonl.ts'
import { mailboxesCsv } from './mailboxes-csv.ts'
import { baseName, brief, evidenceDigest, idOf, jsonObject, jsonList, plainText, toolOf } from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { verdictWords } from '../../locales/en/words.ts'

/**
 * custody.jsonld: which bytes went in, which tool with which knowledge read them, and which bytes came out, in the ontology
 * CASE 1.4 (UCO 1.4). When it ran is in run.json: the same evidence gives the same record.
 * https://caseontology.org/ontology/intro.html
 */
export const custody: Report = {
  name: 'case',
  file: 'custody.jsonld',
  *write(assessment) {
    yield '{"@context":'
    yield* jsonObject(Object.entries(context))
    yield ',\n"@graph":['
    yield* jsonList(graph(assessment))
    yield ']}\n'
  },
}

const context = {
  kb: 'urn:postern:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-configuration': 'https://ontology.unifiedcyberontology.org/uco/configuration/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

type Node = Readonly<Record<string, unknown>>

function* graph(assessment: Assessment): Generator<Node> {
  const { server, verdict, evidence, knowledge } = assessment
  const run = [evidenceDigest(assessment), knowledge.tool, knowledge.sha256, optionsOf(assessment)]
  const id = (kind: string, ...what: readonly unknown[]): string => `kb:${kind}-${idOf('case', kind, ...what)}`
  const inputs = (): Iterable<Node> => evidence.manifest.map((artifact) => ref(inputId(artifact)))
  const made = outputsOf(assessment)
  const output = (name: string, digest: string): string => id('output', run, name, digest)
  const ids = {
    action: id('analysis', run),
    investigation: id('investigation', run),
    base: id('tool', knowledge.tool),
    tool: id('configured-tool', run),
    configuration: id('configuration', run),
    inputs: id('provenance-record', 'inputs', run),
    outputs: id('provenance-record', 'outputs', run),
  }
  const { name, version } = toolOf(assessment)
  const tool = {
    'uco-core:name': name,
    'uco-tool:toolType': 'forensic analysis of logs and files',
    'uco-tool:version': version,
  }

  yield {
    '@id': ids.investigation,
    '@type': 'case-investigation:Investigation',
    'uco-core:name': `Was ${brief(server.name)} entered?`,
    'uco-core:description': `${verdictWords(verdict)}. ${verdict.sentence}`,
    'uco-core:object': [ids.action, ids.inputs, ids.outputs].map(ref),
  }
  yield { '@id': ids.base, '@type': 'uco-tool:AnalyticTool', ...tool }
  yield {
    '@id': ids.tool,
    '@type': ['uco-tool:AnalyticTool', 'uco-tool:ConfiguredTool'],
    ...tool,
    'uco-configuration:isConfigurationOf': ref(ids.base),
    'uco-configuration:usesConfiguration': ref(ids.configuration),
  }
  yield {
    '@id': ids.configuration,
    '@type': 'uco-configuration:Configuration',
    'uco-configuration:configurationEntry': optionsOf(assessment).map(([itemName, itemValue]) => ({
      '@id': id('configuration-entry', run, itemName, itemValue),
      '@type': 'uco-configuration:ConfigurationEntry',
      'uco-configuration:itemName': itemName,
      'uco-configuration:itemValue': itemValue,
    })),
  }
  yield {
    '@id': ids.action,
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': 'analysis',
    'uco-core:description': 'Every file was read once and never written to; its digest was taken while it was read.',
    'uco-action:instrument': ref(ids.tool),
    'uco-action:object': inputs,
    'uco-action:result': [ids.outputs, ...made.map((one) => output(one.name, one.digest))].map(ref),
  }
  yield {
    '@id': ids.inputs,
    '@type': 'case-investigation:ProvenanceRecord',
    'uco-core:description': 'The evidence as it was given',
    'uco-core:object': inputs,
  }
  for (const artifact of evidence.manifest)
    yield fileNode(inputId(artifact), artifact.path, artifact.size, artifact.sha256, artifact.windowsPath)
  yield {
    '@id': ids.outputs,
    '@type': 'case-investigation:ProvenanceRecord',
    'uco-core:description': 'What was written for every server; further forms are made of assessment.json',
    'uco-core:object': made.map((one) => ref(output(one.name, one.digest))),
  }
  for (const one of made) yield fileNode(output(one.name, one.digest), one.name, one.size, one.digest, null)
}

const ref = (id: string): Node => ({ '@id': id })

function inputId({ path, sha256, size }: Artifact): string {
  return `kb:file-${idOf('case', 'file', path, sha256, size)}`
}

function fileNode(id: string, path: string, size: number, digest: string, windowsPath: string | null): Node {
  const own = id.slice('kb:'.length)
  const known = /^[0-9a-f]{64}$/.test(digest)
  return {
    '@id': id,
    '@type': 'uco-observable:File',
    'uco-core:description': windowsPath === null ? null : `On the server: ${plainText(windowsPath)}`,
    'uco-core:hasFacet': [
      {
        '@id': `kb:file-facet-${idOf('case', 'file-facet', own)}`,
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': baseName(path) || path,
        'uco-observable:filePath': path,
        'uco-observable:isDirectory': false,
        'uco-observable:sizeInBytes': size,
      },
      {
        '@id': `kb:content-data-facet-${idOf('case', 'content-data-facet', own)}`,
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:sizeInBytes': size,
        'uco-observable:hash': known
          ? [
              {
                '@id': `kb:hash-${idOf('case', 'hash', own)}`,
                '@type': 'uco-types:Hash',
                'uco-types:hashMethod': { '@type': 'xsd:string', '@value': 'SHA256' },
                'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': digest },
              },
            ]
          : null,
      },
    ],
  }
}

/** How the tool was set up: all that was known, by its digest, and the options of the run. */
function optionsOf({ knowledge }: Assessment): readonly (readonly [name: string, value: string])[] {
  const { sha256, packs, tables, bundle, options } = knowledge
  return [
    ['knowledge sha256', sha256],
    ...packs.map(({ pack, sha256: digest }) => [`pack ${pack}`, `sha256 ${digest}`] as const),
    ...tables.map(({ table, sha256: digest }) => [`table ${table}`, `sha256 ${digest}`] as const),
    ...(bundle === null ? [] : [['bundle', `version ${bundle.version}, sha256 ${bundle.sha256}`] as const]),
    ...Object.keys(options)
      .sort()
      .map((name) => [`option ${name}`, options[name]!] as const),
  ]
}

type Output = { readonly name: string; readonly size: number; readonly digest: string }

/** The files that are written for every server, by their digests: each is made once more, and not kept. */
function outputsOf(assessment: Assessment): readonly Output[] {
  return [assessmentJson, findings, coverage, mailboxesCsv, htmlReport].map((report) => {
    const hash = new Sha256()
    const written = report.write(assessment)
    for (const piece of typeof written === 'string' ? [written] : written) hash.update(Buffer.from(piece))
    return { name: report.file, size: hash.length, digest: hash.hex() }
  })
}
