import type { en } from '../../en/page.ts'
import { count } from './counts.ts'

export const actions: (typeof en)['actions'] = {
  lead: 'この順に実施してください。済んだものに印を付けると、このページのアドレスに記録され、リンクで他の人に伝えられます。',
  done: (done, all) =>
    done === all
      ? `${count(all)}件すべて完了`
      : done === 0
        ? `${count(all)}件とも未完了`
        : `${count(all)}件中${count(done)}件完了`,
  isDone: '完了',
  mark: (title) => `完了：${title}`,
  effects: '副作用：',
  here: { server: 'このサーバーでは：', tenant: 'このテナントでは：' },
  verify: '完了の条件：',
  calls: '必要となる理由',
  evidence: '証拠',
  furtherPlaces: (n) => `ほか${count(n)}か所`,
}

export const duties: (typeof en)['duties'] = {
  lead: '事実の一覧であり、法的助言ではありません。どれが適用されるかは、組織の種類と所在地によります。いつ、何を知ったかを記録してください。',
  aware: '知った日時（UTC）',
  awareHint: '知った時から数える法令では、下の期限はその日時から進みます。',
  laws: (n) => `適用される可能性のある法令${count(n)}件とその期限`,
  caption: '報告義務',
  law: '法令',
  binds: '対象',
  tell: '報告・通知先',
  within: '期限',
  from: (from) => `起算：${from}`,
  until: '期日',
  left: (time) => `残り${time}`,
  over: (time) => `${time}超過`,
  days: (n) => `${count(n)}日`,
  hours: (n) => `${count(n)}時間`,
  minutes: (n) => `${count(n)}分`,
  noClock: '知った時からは数えない',
  enter: '上に日時を入力',
  note: '注記と出典',
}
