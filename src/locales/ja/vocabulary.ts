import type { Vocabulary } from '../vocabulary.ts'

export const vocabulary: Vocabulary = {
  questions: {
    exposed: { short: '脆弱性', asks: 'サーバーは脆弱だったか。' },
    targeted: { short: '攻撃の試み', asks: '攻撃が試みられたか。' },
    exploited: { short: '悪用', asks: '脆弱性が悪用されたか。' },
    compromised: { short: '侵害', asks: 'サーバーは侵害されたか。' },
    'mail-taken': { short: 'メールへのアクセス', asks: 'メールが読まれたか、持ち出されたか。' },
    'still-there': { short: '永続化', asks: '再び侵入されるおそれはあるか。' },
  },
  is: {
    yes: 'はい',
    likely: '可能性が高い',
    'no-evidence': '痕跡なし',
    'cannot-tell': '判断できない',
    'not-asked': '対象外',
  },
  verdict: {
    compromised: '侵害された',
    exploited: '脆弱性が悪用された',
    targeted: '攻撃が試みられた',
    'cannot-tell': '判断できない',
    'no-evidence': '痕跡なし',
  },
}
