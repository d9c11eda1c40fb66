/** What pages say about decisions on classes and policy, in English. */
export const enPolicy = {
  decision_refused: 'That could not be done. Try again; the page Pipelines has what went wrong.',
  class_set_title: 'Class set by hand',
  class_set_holds: '{class}, set by {by} until {until}, because: “{reason}”. Computed: {computed}.',
  class_set_none: 'Nobody set one: the computed class counts, {computed}.',
  class_set: 'Set a class',
  class_set_other: 'Set another class',
  class_set_class: 'Class',
  class_set_until: 'Holds until (last day)',
  class_set_now: 'Set it',
  class_end: 'End it early',
  class_end_now: 'End it',
  class_decisions_title: 'Decisions on the class',
  class_decisions_about:
    'Who set it or ended that, when and why; the newest first. The newest counts until its day is over.',
}
