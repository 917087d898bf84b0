// Apart from the servers: who needs no container loads no client of Azure.
export {
  type AzureContainer,
  azureContainerClient,
  newAzureContainer,
} from './lib/new-azure-container.ts';
