import type { Is, Question, VerdictIs } from '../../model/answer.ts'
import { weighedWords } from '../briefing/weighed-words.ts'
import type { Language } from '../briefing/languages.ts'
import type { SubjectKind } from '../../model/sign.ts'

/** Every text of the page of a case, by a key of its own, so that the page can show another language. */
export type CaseWords = Readonly<
  Record<
    CaseKey | `verdict.${VerdictIs}` | `question.${Question}` | `is.${Is}` | `kind.${'client' | SubjectKind}`,
    string
  >
>

type CaseKey =
  | 'title'
  | 'language'
  | 'servers'
  | 'failed'
  | 'probably'
  | 'search'
  | 'all'
  | 'server'
  | 'verdict'
  | 'evidence'
  | 'first'
  | 'last'
  | 'chains'
  | 'mailboxes'
  | 'files'
  | 'joined'
  | 'shared'
  | 'sharedNote'
  | 'kind'
  | 'name'
  | 'attacks'
  | 'attacksNote'
  | 'clients'
  | 'joinedBy'
  | 'taken'
  | 'absent'
  | 'absentNote'
  | 'entries'
  | 'namedBy'
  | 'reason'
  | 'notes'
  | 'masked'
  | 'period'

const kinds = (language: Language): Readonly<Record<`kind.${'client' | SubjectKind}`, string>> => {
  const own = Object.entries(weighedWords[language].subjects).map(([kind, words]) => [`kind.${kind}`, words])
  return Object.fromEntries(own) as Record<`kind.${'client' | SubjectKind}`, string>
}

const en: CaseWords = {
  title: 'Servers of one case',
  language: 'Language',
  servers: 'Servers',
  failed: 'Not assessed',
  probably: 'probably',
  search: 'Filter by name or address',
  all: 'All verdicts',
  server: 'Server',
  verdict: 'Verdict',
  evidence: 'Evidence',
  first: 'First step (UTC)',
  last: 'Last step (UTC)',
  chains: 'Attack chains',
  mailboxes: 'Mailboxes taken',
  files: 'Files',
  joined: 'Evidence of other servers that counts here',
  shared: 'Shared by several servers',
  sharedNote: 'Hostile clients, accounts, pages and other things that two servers or more have in common.',
  kind: 'Kind',
  name: 'Name',
  attacks: 'Attack chains across servers',
  attacksNote: 'Attack chains on several servers that share a client, an account or a thing are one attack.',
  clients: 'Clients',
  joinedBy: 'Joined by',
  taken: 'Mailboxes from which mail was taken',
  absent: 'Servers without evidence',
  absentNote:
    'Logs name these servers, and no evidence of them was given. Collect it, and assess all servers together.',
  entries: 'Log entries',
  namedBy: 'Named by',
  reason: 'Reason',
  notes: 'Notes',
  masked: 'Names of people are pseudonyms of one server each. Accounts and mailboxes are not compared.',
  period: 'Attack (UTC)',
  'verdict.compromised': 'Compromised',
  'verdict.exploited': 'Exploited',
  'verdict.targeted': 'Targeted',
  'verdict.cannot-tell': 'Cannot tell',
  'verdict.no-evidence': 'No evidence',
  'question.exposed': 'Exposed',
  'question.targeted': 'Targeted',
  'question.exploited': 'Exploited',
  'question.compromised': 'Compromised',
  'question.mail-taken': 'Mail accessed',
  'question.still-there': 'Persistence',
  'is.yes': 'yes',
  'is.likely': 'probably',
  'is.no-evidence': 'no evidence',
  'is.cannot-tell': 'cannot tell',
  'is.not-asked': 'not asked',
  ...kinds('en'),
  'kind.client': 'Client address',
}

const de: CaseWords = {
  title: 'Server eines Falls',
  language: 'Sprache',
  servers: 'Server',
  failed: 'Nicht bewertet',
  probably: 'wahrscheinlich',
  search: 'Nach Name oder Adresse filtern',
  all: 'Alle Urteile',
  server: 'Server',
  verdict: 'Urteil',
  evidence: 'Beweismittel',
  first: 'Erster Schritt (UTC)',
  last: 'Letzter Schritt (UTC)',
  chains: 'Angriffsketten',
  mailboxes: 'Betroffene Postfächer',
  files: 'Dateien',
  joined: 'Beweismittel anderer Server, die hier zählen',
  shared: 'Mehreren Servern gemeinsam',
  sharedNote: 'Feindliche Clients, Konten, Seiten und anderes, das mindestens zwei Server gemeinsam haben.',
  kind: 'Art',
  name: 'Name',
  attacks: 'Angriffsketten über mehrere Server',
  attacksNote:
    'Angriffsketten auf mehreren Servern, die einen Client, ein Konto oder einen Gegenstand gemeinsam haben, sind ein Angriff.',
  clients: 'Clients',
  joinedBy: 'Verbunden durch',
  taken: 'Postfächer, aus denen E-Mails entwendet wurden',
  absent: 'Server ohne Beweismittel',
  absentNote:
    'Protokolle nennen diese Server, und Beweismittel von ihnen liegen nicht vor. Sichern Sie diese, und bewerten Sie alle Server zusammen.',
  entries: 'Protokolleinträge',
  namedBy: 'Genannt von',
  reason: 'Grund',
  notes: 'Hinweise',
  masked: 'Namen von Personen sind Pseudonyme je eines Servers. Konten und Postfächer werden nicht verglichen.',
  period: 'Angriff (UTC)',
  'verdict.compromised': 'Kompromittiert',
  'verdict.exploited': 'Ausgenutzt',
  'verdict.targeted': 'Angegriffen',
  'verdict.cannot-tell': 'Nicht feststellbar',
  'verdict.no-evidence': 'Keine Hinweise',
  'question.exposed': 'Offen',
  'question.targeted': 'Angegriffen',
  'question.exploited': 'Ausgenutzt',
  'question.compromised': 'Kompromittiert',
  'question.mail-taken': 'E-Mail-Zugriff',
  'question.still-there': 'Persistenz',
  'is.yes': 'ja',
  'is.likely': 'wahrscheinlich',
  'is.no-evidence': 'keine Hinweise',
  'is.cannot-tell': 'nicht feststellbar',
  'is.not-asked': 'nicht gefragt',
  ...kinds('de'),
  'kind.client': 'Client-Adresse',
}

const fr: CaseWords = {
  title: 'Serveurs d’un même dossier',
  language: 'Langue',
  servers: 'Serveurs',
  failed: 'Non évalués',
  probably: 'probablement',
  search: 'Filtrer par nom ou adresse',
  all: 'Tous les verdicts',
  server: 'Serveur',
  verdict: 'Verdict',
  evidence: 'Preuves',
  first: 'Première étape (UTC)',
  last: 'Dernière étape (UTC)',
  chains: 'Chaînes d’attaque',
  mailboxes: 'Boîtes aux lettres touchées',
  files: 'Fichiers',
  joined: 'Preuves d’autres serveurs qui comptent ici',
  shared: 'Commun à plusieurs serveurs',
  sharedNote: 'Clients hostiles, comptes, pages et autres éléments que deux serveurs au moins ont en commun.',
  kind: 'Nature',
  name: 'Nom',
  attacks: 'Chaînes d’attaque sur plusieurs serveurs',
  attacksNote:
    'Les chaînes d’attaque de plusieurs serveurs qui ont en commun un client, un compte ou un élément sont une seule attaque.',
  clients: 'Clients',
  joinedBy: 'Reliées par',
  taken: 'Boîtes aux lettres dont des courriels ont été dérobés',
  absent: 'Serveurs sans preuves',
  absentNote:
    'Des journaux nomment ces serveurs, et aucune preuve n’en a été fournie. Collectez-les, puis évaluez tous les serveurs ensemble.',
  entries: 'Entrées de journal',
  namedBy: 'Nommé par',
  reason: 'Raison',
  notes: 'Remarques',
  masked:
    'Les noms de personnes sont des pseudonymes propres à chaque serveur. Comptes et boîtes ne sont pas comparés.',
  period: 'Attaque (UTC)',
  'verdict.compromised': 'Compromis',
  'verdict.exploited': 'Exploité',
  'verdict.targeted': 'Visé',
  'verdict.cannot-tell': 'Impossible à dire',
  'verdict.no-evidence': 'Aucune trace',
  'question.exposed': 'Exposé',
  'question.targeted': 'Visé',
  'question.exploited': 'Exploité',
  'question.compromised': 'Compromis',
  'question.mail-taken': 'Courriels consultés',
  'question.still-there': 'Persistance',
  'is.yes': 'oui',
  'is.likely': 'probablement',
  'is.no-evidence': 'aucune trace',
  'is.cannot-tell': 'impossible à dire',
  'is.not-asked': 'question non posée',
  ...kinds('fr'),
  'kind.client': 'Adresse du client',
}

const ja: CaseWords = {
  title: '同じ事案のサーバー',
  language: '言語',
  servers: 'サーバー',
  failed: '評価できなかったもの',
  probably: '可能性が高い',
  search: '名前またはアドレスで絞り込む',
  all: 'すべての判定',
  server: 'サーバー',
  verdict: '判定',
  evidence: '証拠',
  first: '最初の段階（UTC）',
  last: '最後の段階（UTC）',
  chains: '攻撃の連鎖',
  mailboxes: '持ち出されたメールボックス',
  files: 'ファイル',
  joined: 'ここで数えた、ほかのサーバーの証拠',
  shared: '複数のサーバーに共通するもの',
  sharedNote: '2台以上のサーバーに共通する、攻撃者のクライアント、アカウント、ページなどです。',
  kind: '種類',
  name: '名前',
  attacks: '複数のサーバーにまたがる攻撃の連鎖',
  attacksNote: 'クライアント、アカウント、またはほかのものを共有する複数のサーバーの攻撃の連鎖は、1つの攻撃です。',
  clients: 'クライアント',
  joinedBy: '結び付けたもの',
  taken: 'メールが持ち出されたメールボックス',
  absent: '証拠のないサーバー',
  absentNote:
    'ログにこれらのサーバーの名前がありますが、証拠がありません。収集し、すべてのサーバーをまとめて評価してください。',
  entries: 'ログの記録',
  namedBy: '記録したサーバー',
  reason: '理由',
  notes: '注記',
  masked: '人の名前はサーバーごとの仮名です。アカウントとメールボックスは照合していません。',
  period: '攻撃（UTC）',
  'verdict.compromised': '侵害された',
  'verdict.exploited': '脆弱性が悪用された',
  'verdict.targeted': '攻撃が試みられた',
  'verdict.cannot-tell': '判断できない',
  'verdict.no-evidence': '痕跡なし',
  'question.exposed': '脆弱性',
  'question.targeted': '攻撃の試み',
  'question.exploited': '悪用',
  'question.compromised': '侵害',
  'question.mail-taken': 'メールへのアクセス',
  'question.still-there': '永続化',
  'is.yes': 'はい',
  'is.likely': '可能性が高い',
  'is.no-evidence': '痕跡なし',
  'is.cannot-tell': '判断できない',
  'is.not-asked': '対象外',
  ...kinds('ja'),
  'kind.client': 'クライアントのアドレス',
}

export const caseWords: Readonly<Record<Language, CaseWords>> = { en, de, fr, ja }
