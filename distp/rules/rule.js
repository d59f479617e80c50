export const correlationTypes = ['event_count', 'value_count', 'temporal', 'temporal_ordered'];
export const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];
//# sourceMappingURL=rule.js.map