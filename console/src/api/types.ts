import type { components } from './schema';

type Schemas = components['schemas'];

export type Status = Schemas['Status'];
export type Figure = Schemas['Figure'];
export type Canary = Schemas['Canary'];
export type Alert = Schemas['Alert'];
export type ModelList = Schemas['ModelList'];
export type ModelSummary = Schemas['ModelSummary'];
export type Model = Schemas['Model'];
export type AuditEntry = Schemas['AuditEntry'];
export type VersionSummary = Schemas['VersionSummary'];
export type Version = Schemas['Version'];
export type Evaluation = Schemas['Evaluation'];
export type Quantization = Schemas['QuantizationReport'];
export type LayerReport = Schemas['LayerReport'];
export type ClassEvaluation = Schemas['ClassEvaluation'];
export type Metrics = Schemas['MetricsSnapshot'];
export type VersionMetrics = Schemas['VersionMetrics'];
export type SeriesPoint = Schemas['SeriesPoint'];
export type Prediction = Schemas['Prediction'];
export type FoundObject = Schemas['FoundObject'];
export type Timings = Schemas['Timings'];
export type Rollback = Schemas['Rollback'];
export type Problem = Schemas['Problem'];
