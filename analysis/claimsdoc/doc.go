// Package claimsdoc writes the page of the claims from their definitions, so that what is documented is what is tested.
// It is made by go generate in package analysis, and a test fails when it is out of date.
package claimsdoc
