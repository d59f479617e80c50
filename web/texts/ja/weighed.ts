import { formats } from '../../../src/reports/briefing/formats.ts'
import { weighedWords } from '../../../src/reports/briefing/weighed-words.ts'
import type { en } from '../en.ts'

const { number: count } = formats.ja

export const weighed: (typeof en)['weighed'] = {
  ...weighedWords.ja,
  strengths: {
    decisive: '通常の業務ではあり得ない',
    strong: '通常の業務ではまれ',
    weak: '通常の業務でも起きる',
    context: '単独では兆候とならない',
  },
  explains: {
    weak: '一部を説明します',
    strong: '疑いのない兆候を除いて説明します',
    decisive: 'すべてを説明します',
  },
  comesTo: {
    yes: '確実',
    likely: '可能性が高い',
    'open-lead': '未解決の手がかり',
    lead: '手がかり',
    nothing: '説明済み',
    context: '参考情報',
    'not-counted': '対象外',
  },
  comesToMeans: {
    yes: '兆候が異なる種類にわたるか疑いのないもので、説明するものがありません。',
    likely: '兆候は「可能性が高い」とするのに十分です。別の種類の兆候がもう1つあれば確実になります。',
    'open-lead': '攻撃者の再侵入を許す可能性があり、説明するものがありません。所有者が判明するまで答えは未解決です。',
    lead: '確認する価値があります。通常の業務でも起きるため、答えは変わりません。',
    nothing: '証拠の中の説明が、すべての兆候に当てはまります。',
    context: 'ほかの検出事項を説明するもので、単独では兆候とならないものです。',
    'not-counted': '表示しますが数えません。理由は併記しています。',
  },
  missing: {
    record:
      'クライアントが送信できる内容の記録しかありません。バックエンドまたは別のログの記録があれば、実際に起きたことを示せます。',
    kind: '兆候がすべて1つの種類です。別の種類の兆候があれば確実になります。',
    sign: '別の種類の兆候、またはより強い兆候があれば確実になります。',
  },
  tied: '侵入との結び付き',
  why: '理由',
  whyCaption: '判定の根拠',
  change: '判定を変え得るもの',
  ifYes:
    'これらの兆候に当てはまる説明だけです。たとえば、事前に通知されたテスト、または自組織の製品や担当者による作業です。理由、氏名、日付とともに --known 用のファイルに記録し、もう一度評価してください。',
  ifLikely: '別の兆候があれば確実になり、説明があれば解消します。不足しているものは、上の各項目に示しています。',
  ifTargeted: 'これらのログにない成功の痕跡です。たとえば、開始前のログ、または前段や後段の別のサーバーのログです。',
  ifNone: 'この証拠の外にある痕跡です。たとえば、開始前のログ、既定では無効なログ、ほかのコンピューターのログです。',
  ifOpen: '次の回答、または追加の証拠：',
  toSettle: 'すべての未解決の問い',
  nothingHolds: 'これらのログに、侵入の兆候として数えるものは見つかりませんでした。',
  attempts: 'これらは試行です。成功の兆候として数えるものはありません。',
  signsOf: '数えた兆候',
  sign: (kind, strength) => `${kind}（${strength}）`,
  colon: '：',
  explained: '説明するもの',
  explanation: (says, strength) => `${says} これは${strength}。`,
  unexplained: '説明するものは証拠の中にありません。',
  missingForMore: '確実とするために不足しているもの',
  more: (n) => `ほか${count(n)}件の対象`,
  restsOn: '根拠となるすべての検出事項',
  leadsIntro:
    'いずれも攻撃者の再侵入を許す可能性があり、説明するものが証拠の中にありません。所有者が判明するまで、攻撃者が再び侵入できるかどうかは未解決です。',
  openCaption: '未解決の手がかり一覧',
  lead: '未解決の手がかり',
  settles: '解決に必要な回答',
  lookAt: '確認先',
  answer:
    '自組織の製品または担当者のものであれば、理由、氏名、日付とともに --known 用のファイルに記録し、もう一度評価してください。そうでなければ、攻撃者のものとして扱ってください。',
  otherIntro: '確認する価値があります。通常の業務でも起きるため、答えは変わりません。',
  otherCaption: 'ほかの手がかり',
  other: '手がかり',
  otherFold: (n) => `ほかの手がかり${count(n)}件`,
  noOpen: '未解決の手がかりは残っていません。',
  notSettled: '未解決：',
  openLeads: (n) => `未解決の手がかり${count(n)}件。未回答の問い：`,
  beyond: 'ログの範囲外：',
  beyondHeading: 'ログの範囲外',
  beyondIntro:
    'これらの攻撃キャンペーンは、ログの開始前、サーバーが脆弱であったか脆弱であり得た時期に行われていました。この期間については何も分かりません。判定は変わりません。',
  beyondItem: (name, span) => `${name}、${span}：この期間のログはありません。`,
  general: (other) => `脆弱性やアカウントを問わない${other ? 'ほかの' : ''}侵入`,
  generalWhy: 'この問いはすべてのサーバーを対象とし、上のどの攻撃キャンペーンにも属さない検出事項に基づきます。',
  comes: '評価',
  signName: '兆候',
}
