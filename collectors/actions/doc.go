// Package actions reads audit logs: CloudTrail's, and those of Kubernetes. What was done to running systems without a commit is
// there, with who did it, with what right, and what shows that somebody agreed.
//
// A [Source] is a file, a folder, or a bucket that speaks S3. It yields [record.Action]s: whatever only reads is left out. Which
// actions only read, which destroy, what a role's name says of its level, and what counts as an approval are data: rules.yaml.
//
// # What is read
//
// Of a folder every file, by name, that is new or has changed since: by its name, size and time. A log that grows is read on from
// its last whole line, also after it was renamed by rotation; a last line that is half written waits for the next run. Of a bucket
// every object under the prefix; where the keys are dated, as CloudTrail's are (…/2026/11/23/…), only those of the last three days
// before the newest that was seen, so that a late delivery is not missed and an old one not listed for ever.
//
// Files hold {"Records": […]}, an array, or one event a line, plain or gzipped, of any size: they are streamed. What cannot be
// read is a warning with file and line, and the others go on. CloudTrail's digests and insights are no events. Events about data,
// such as the objects of a bucket, are left out: programs do that all day.
//
// # Who did it
//
// CloudTrail: a session whose name is an e-mail address, as those of single sign-on are, is that person, with the role as the
// right. Any other session of a role is the role's ("111111111111/deployer"), and its name is kept: it often holds the number of
// a run. Who opened a session is another event, AssumeRole, which is kept for that alone and counts as no change (see
// derive/step/action_landings.sql). What a service did in somebody's name is the service's, on behalf of that person.
//
// Kubernetes: the user, and the impersonated user beside it as the right. Names that hold an e-mail address are that person.
//
// Persons known by address are of source "git", as authors of commits are, so that the two are one; everything else is of source
// "aws" or "kubernetes".
package actions
