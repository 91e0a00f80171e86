// Package verdict holds the vocabulary that every kind of evidence is judged in:
// indications and sub-indications of ETSI EN 319 102-1, checks, results, subjects
// and proofs of existence. It imports no other package of this module.
//
// A verifier declares the checks it owes with [Begin], records each answer, and
// takes the [Result] from [Procedure.Finish]. The construction fails closed: the
// zero value of every type is "not decided", a check that was forgotten keeps the
// result INDETERMINATE, and nothing outside this package can set a verdict.
//
// FAILED means a proven defect of the evidence. What is missing, what the policy
// forbids and what our own limits stop is INDETERMINATE.
package verdict
