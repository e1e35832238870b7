import type { Attributes } from '../../../core/dicom.ts';
import { attributesOf, decimalString } from './attributes-of.ts';
import { codeItem, type Code } from './code.ts';

/** How an item relates to the one it stands in (PS3.3 C.17.3.2.4). */
type Relation = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT';

/** The common part of a content item of a structured report (PS3.3 C.17.3). */
const item = (relation: Relation, type: string, concept: Code, values: Parameters<typeof attributesOf>[0]) =>
  attributesOf({
    RelationshipType: relation,
    ValueType: type,
    ConceptNameCodeSequence: [codeItem(concept)],
    ...values,
  });

export const codeContent = (relation: Relation, concept: Code, value: Code): Attributes =>
  item(relation, 'CODE', concept, { ConceptCodeSequence: [codeItem(value)] });

export const textContent = (relation: Relation, concept: Code, value: string): Attributes =>
  item(relation, 'TEXT', concept, { TextValue: value });

export const uidContent = (relation: Relation, concept: Code, value: string): Attributes =>
  item(relation, 'UIDREF', concept, { UID: value });

export const imageContent = (
  relation: Relation,
  concept: Code,
  image: { readonly sopClassUid: string; readonly sopUid: string; readonly segment?: number },
): Attributes =>
  item(relation, 'IMAGE', concept, {
    ReferencedSOPSequence: [
      attributesOf({
        ReferencedSOPClassUID: image.sopClassUid,
        ReferencedSOPInstanceUID: image.sopUid,
        ReferencedSegmentNumber: image.segment,
      }),
    ],
  });

export const containerContent = (
  concept: Code,
  template: string | undefined,
  children: readonly Attributes[],
): Attributes =>
  item('CONTAINS', 'CONTAINER', concept, { ...container(template), ContentSequence: children });

/** What a container says of itself, the root too. */
export const container = (template: string | undefined) => ({
  ContinuityOfContent: 'SEPARATE',
  ContentTemplateSequence: template
    ? [attributesOf({ MappingResource: 'DCMR', TemplateIdentifier: template })]
    : undefined,
});

/**
 * A number with its unit: as decimal string of 16 characters, and as the float64 it is. A value that is absent is an
 * empty measurement with the reason in code (CID 42).
 */
export const numberContent = (
  concept: Code,
  value: number | null,
  unit: Code,
  absent: Code,
  children: readonly Attributes[],
): Attributes =>
  item('CONTAINS', 'NUM', concept, {
    MeasuredValueSequence:
      value === null
        ? []
        : [
            attributesOf({
              NumericValue: decimalString(value),
              FloatingPointValue: value,
              MeasurementUnitsCodeSequence: [codeItem(unit)],
            }),
          ],
    NumericValueQualifierCodeSequence: value === null ? [codeItem(absent)] : undefined,
    ContentSequence: children.length > 0 ? children : undefined,
  });
