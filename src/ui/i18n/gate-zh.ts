import type { Entry } from './entry.ts';
import type { gateEn } from './gate-en.ts';

/** Texts of the gate between numbers and their use, in Chinese. */
export const gateZh: Record<keyof typeof gateEn, Entry> = {
  'gate.banner': '质量规则的结论',
  'gate.warn': '质量规则对这些数值提出警告：{rules}。',
  'gate.fail': '质量规则未通过：{rules}。查明原因之前请勿依赖这些数值。',
  'gate.closed': '质量规则阻止了这些数值：{rules}。在有人为其负责之前，数值保持隐藏。',
  'gate.opened': '质量规则阻止了这些数值：{rules}。现由个人负责予以显示。',
  'gate.given': '理由：{reason}（{role}）',
  'gate.withdraw': '撤回',
  'gate.evidence': '查看原因',
  'gate.reason': '理由',
  'gate.role': '您的角色',
  'gate.rolePlaceholder': '放射科医生、物理师、研究人员……',
  'gate.show': '显示数值',
  'gate.goes': '理由和角色会写入每一次导出。',
  'gate.ask': '规则未通过时的导出',
  'gate.askHelp': '质量规则未通过：{rules}。请说明为何仍要使用这些数值。',
  'gate.pending': '质量规则正在检查该图像：完成后显示数值。',
  'gate.stop': '停止检查',
  'gate.notRun': '质量规则未对现有数值完成检查：检查被停止、失败，或在此之前区域已被修改。没有任何保证。',
  'gate.run': '运行规则',
  'gate.askNotRun': '质量规则未检查这些数值。请说明为何仍要使用。',
  'gate.mapClosed': '已隐藏：质量规则阻止了用于计算该参数图的图像。',
  'gate.mapPending': '已隐藏：质量规则尚未检查用于计算该参数图的图像。',
  'gate.decide': '在何处决定',
  'gate.export': '导出',
};
