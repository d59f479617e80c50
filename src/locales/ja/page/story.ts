import type { en } from '../../en/page.ts'
import { count, findingCount, rowCount } from './counts.ts'

export const story: (typeof en)['story'] = {
  noFindings: '確認した範囲で、どのルールも何も検出しませんでした。',
  one: '検出事項は1件で、経過にはなりません。',
  none: '検出事項は一つの経過につながりません。要求、クライアント、対象を共有するものがありません。',
  title: (n) => `経過 ${n}`,
  from: '送信元',
  stages: '到達した段階',
  evidence: '証拠',
  moreSteps: (n) => `さらに${count(n)}段階`,
  furtherSteps: (n) => `さらに${count(n)}段階が assessment.json にあります。`,
  joins: (n) => `含まれる${findingCount(n)}と、そのつながり`,
  joinedBy: (what) => `つながり：${what}。`,
  attempts: (span) => `スキャンと試行：${span}`,
  onlyTime: '時間のみ',
  moreFindings: (n) => `ほか${count(n)}件の検出事項`,
  moreStories: (n) => `ほか${count(n)}件の経過`,
  storiesBeyond: (n) =>
    `さらに${count(n)}件の経過はこのページの上限を超えています。すべての検出事項は findings.jsonl にあります。`,
  undated: (n) => `日時のない${findingCount(n)}は図にありません。下の表の末尾にあります。`,
  asTable: '同じ内容の表',
  caption: '時間順の検出事項（日・段階・ルールごとに1行）',
  firstUtc: '最初（UTC）',
  stage: '段階',
  finding: '検出事項',
  fromHead: '送信元',
  rows: '行数',
  unknownTime: '日時不明',
  andMore: (n) => `ほか${count(n)}件`,
  laterRows: (n) => `以降の${rowCount(n)}は表示していません。検出事項の表にはすべてあります。`,
}

export const path: (typeof en)['path'] = {
  caption: '攻撃の段階と、それぞれの最初の検出事項',
  stage: '段階',
  first: '最初の確認',
  from: '送信元',
  on: '対象',
  findings: '検出事項',
}
