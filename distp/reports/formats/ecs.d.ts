import type { Report } from '../report.ts';
/**
 * findings.ecs.ndjson: a finding a line in the fields of the Elastic Common Schema 8, for Elasticsearch, OpenSearch and
 * Splunk; what has no field there stands under `postern`. https://www.elastic.co/guide/en/ecs/8.17/ecs-field-reference.html
 */
export declare const ecs: Report;
