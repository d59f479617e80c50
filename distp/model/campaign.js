export const assessments = ['when-exposed', 'when-indicated'];
//# sourceMappingURL=campaign.js.map