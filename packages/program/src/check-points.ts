/** Rules of points: amounts that something can be a multiple of, weights that take nothing away. */
import { compareDecimals, rate, TRILLION } from '@echelon/money';
import type { PointsRule, ProgramDocument } from './document.ts';
import type { Finding, Found } from './finding.ts';
import { POINTS_RULES_EACH_MAX } from './ladder.ts';

export const pointsFindings = (document: ProgramDocument): Finding[] => [
  ...document.pointsRules.flatMap(({ activity }, at) => perAmount(activity, `/pointsRules/${at}/activity/per`)),
  ...weights(document),
  ...tooManyRules(document),
];

const perAmount = (activity: PointsRule['activity'], pointer: string): Finding[] => {
  if (!('per' in activity) || activity.per === undefined) return [];
  return activity.per.amount <= 0n ? [{ pointer: `${pointer}/amount`, message: 'is not above 0: nothing has a number of whole amounts of it' }] : [];
};

/** Does a rule give points for a business model, or for any? What is weighed down to less than one point gives none, unless amounts add up. */
export const givesPoints = (rule: PointsRule, { businessModels }: ProgramDocument, asked: string | undefined): boolean => {
  const { businessModel, category, activity, points } = rule;
  if (asked !== undefined && businessModel !== asked) return false;
  const weight = businessModels.find(({ key }) => key === businessModel)?.weights?.find((one) => one.category === category)?.weight ?? rate('1');
  const each = BigInt(points) * weight.trillionths;
  return 'per' in activity && activity.per ? each > 0n : each >= TRILLION;
};

/** A category that is weighed twice, and a weight that takes points away. */
const weights = ({ businessModels }: ProgramDocument): Finding[] =>
  businessModels.flatMap(({ weights = [] }, at) => [
    ...weights.flatMap(({ category }, n) =>
      weights.findIndex((one) => one.category === category) < n
        ? [{ pointer: `/businessModels/${at}/weights/${n}/category`, message: `"${category}" stands twice` }]
        : [],
    ),
    ...weights.flatMap(({ weight }, n) =>
      compareDecimals(weight, rate('0')) < 0 ? [{ pointer: `/businessModels/${at}/weights/${n}/weight`, message: 'is negative' }] : [],
    ),
  ]);

/** A weight of points that no rule gives weighs nothing: it may be meant, for rules to come. */
export const unusedWeights = ({ businessModels, pointsRules }: ProgramDocument): Found[] =>
  businessModels.flatMap(({ key, weights = [] }, at) =>
    weights.flatMap(({ category }, n): Found[] =>
      pointsRules.some((rule) => rule.businessModel === key && rule.category === category)
        ? []
        : [
            {
              severity: 'reported',
              pointer: `/businessModels/${at}/weights/${n}`,
              message: `no rule gives ${category} points for "${key}": this weighs nothing`,
            },
          ],
    ),
  );

const tooManyRules = ({ pointsRules }: ProgramDocument): Finding[] =>
  pointsRules.flatMap(({ activity }, at) =>
    pointsRules.slice(0, at + 1).filter((rule) => subjectOf(rule.activity) === subjectOf(activity)).length > POINTS_RULES_EACH_MAX
      ? [{ pointer: `/pointsRules/${at}/activity`, message: `more than ${POINTS_RULES_EACH_MAX} rules give points for the same activity` }]
      : [],
  );
/** What was done, whatever of it a rule picks out. */
const subjectOf = (activity: PointsRule['activity']): string => {
  const { dealTypes: _, per: __, ...subject } = { dealTypes: undefined, per: undefined, ...activity };
  return JSON.stringify(subject);
};
