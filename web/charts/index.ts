export { AttackPath } from './attack-path.tsx'
export { CoverageMap } from './coverage-map.tsx'
export { ExposureChart } from './exposure-chart.tsx'
export { Timeline } from './timeline.tsx'
