"""FHIR R4: questionnaires in, answers in and out, the assessment chain of HL7's SDOH Clinical Care guide out."""
