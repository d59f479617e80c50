import type { en } from '../../en/page.ts'
import { count, rowCount } from './counts.ts'

export const first: (typeof en)['first'] = {
  on: (server) => `${server} の判定`,
  exchange: {
    server:
      'Exchange は組織のメールを保管し配送するプログラムです。このサーバーを制御する者は、すべてのメールを読み、組織の名で送信できます。',
    tenant:
      'Exchange Online は組織のメールを保管し配送するサービスです。アカウントを制御する者はそのメールを読み、その名で送信でき、管理者権限があればすべてのメールに及びます。',
  },
  record: '正文（英語）：',
  oneMissing: '確実と言うには一つ足りません。何が足りないかは各答えに記載しています。',
  seen: '攻撃の確認',
  attempts: 'スキャンと試行',
  covers: '証拠の期間',
  missing: '欠けているログ',
  late: '修正の遅れ',
  yes: 'はい',
  no: 'いいえ',
  cannotTell: '判断できない',
  mailboxes: '読まれたメールボックス',
  noTimes: '日時のあるログなし',
  open: 'この証拠からは判断できないこと：',
  incomplete: '不完全：',
  degraded: '証拠の一部で時間またはメモリが足りませんでした。もう一度実行すると、さらに見つかる可能性があります。',
  notUnpacked: 'アーカイブに展開できる上限を超える内容が含まれています。もう一度実行しても結果は同じです。',
  happened: '何が起きたか',
  nothingHappened: '確認した範囲に、攻撃の段階は見つかりませんでした。',
  allSteps: '経過の全体',
  taken: '持ち出されたもの',
  takenElse: '誰のメールが、どれだけか',
  credentials: '認証情報：',
  toDo: '最初にすべきこと',
  allActions: (n) => (n === 1 ? '対応とその手順' : `全${count(n)}件の対応（実施順）`),
  notWritten: '書き込めなかったファイル：',
  rulesNotUsed: '使われなかったルール：',
  moreFiles: (n) => `ほかのファイル${count(n)}個`,
  whyNotUsed: (n) => (n === 1 ? '使われなかった理由' : `${count(n)}件が使われなかった理由`),
  noActions: '必要な対応はありません。',
  rows: rowCount,
}

export const answers: (typeof en)['answers'] = {
  why: '理由と、答えを変え得るもの',
  because: '理由',
  against: '反証',
  nothingAgainst: '見つかりませんでした。',
  looked: (looked, found) => `確認：${looked}。結果：${found}。`,
  reach: 'ログの範囲',
  noHours: 'この答えはログの時間に基づくものではありません。',
  notCovered: (span) => `ログなし：${span}`,
  change: '答えを変え得るもの',
  nothingChanges: '答えを変え得る証拠は、ほかに知られていません。',
  nothingPoints: 'それを示すものはありません。',
  moreReasons: (n) => `ほか${count(n)}件の理由`,
  moreStretches: (n) => `ほか${count(n)}件の期間`,
  byCampaign: '攻撃キャンペーン別',
  campaign: '攻撃キャンペーン',
  noCampaign: '対象とした攻撃キャンペーンはありません。',
  grid: '攻撃キャンペーン別の答え',
  ofCampaign: (name) => `${name}：理由と、答えを変え得るもの`,
  notAsked: (n) => `対象外とした攻撃キャンペーン${count(n)}件とその理由`,
}

export const settle: (typeof en)['settle'] = {
  lead: {
    server:
      'これらの問いが未解決なのは、証拠が足りないためであり、何も起きなかったからではありません。サーバー、バックアップ、シャドウコピー、ログ収集基盤で証拠を探し、手元のものに加えて、全体をもう一度評価してください。',
    tenant:
      'これらの問いが未解決なのは、証拠が足りないためであり、何も起きなかったからではありません。Purview の監査ログ、Entra のサインインログ、ログ収集基盤から証拠をエクスポートし、手元のものに加えて、全体をもう一度評価してください。',
  },
  caption: '未解決の問い',
  question: '未解決の問い',
  settles: '解決に必要なもの',
  until: {
    server:
      'それまでは、侵入された可能性のあるサーバーとして扱ってください。ログが上書きされる前に複製し（Exchange の多くのログの保存期間は最長30日です）、その後に不足している更新プログラムを適用してください。',
    tenant:
      'それまでは、該当するアカウントを侵害された可能性のあるものとして扱ってください。監査ログとサインインログを削除される前にエクスポートし（Entra のサインインの保存期間は最長30日、プレミアムライセンスがない場合は7日です）、パスワードをリセットし、セッションを終了してください。',
  },
}

export const limits: (typeof en)['limits'] = {
  asked: (campaigns) =>
    `Postern は${campaigns.length === 0 ? '特定の攻撃キャンペーンではなく' : `${campaigns.join('、')} と`}、ルールにある攻撃を調べました。別の種類の攻撃は、別の痕跡を残している可能性があります。`,
  others: {
    server: [
      'この結果は、ログのある時間と、複製時点のファイルの状態についてのものです。',
      'SYSTEM 権限を持つ攻撃者はログを改ざんできます。行の欠落は空白として検出できますが、巧妙に置き換えられた行は検出できません。',
      'サーバーの前段のファイアウォールやプロキシが遮断したもの、ほかの機器で起きたことは、この証拠に含まれません。',
    ],
    tenant: [
      'この結果は、エクスポートされた期間と記録の種類についてのものです。',
      '管理者権限を持つ攻撃者は、アカウント、メールボックス、またはテナント全体の監査を無効にできます。その後にそこで行われたことは記録されません。',
      '利用者のコンピューター、ほかのサービス、ほかの機器で起きたことは、この証拠に含まれません。',
    ],
  },
}
